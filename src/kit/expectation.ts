/** One row of a table check: a request, and what its answer must be. */
export interface Expectation {
  /** Where the request leaves from, and to where: default `controller`. */
  readonly via?: Road;
  /**
   * Value of the Host header; `null` sends none. Default: the check's own host, or in a story the address the request goes to, as every
   * client sends it.
   */
  readonly host?: string | null;
  /** Default `/`. */
  readonly path?: string;
  /** Default `GET`. */
  readonly method?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Expected status, or its class. Default 200 where `servedBy` is given. */
  readonly status?: number | '4xx' | '5xx';
  /** Name of the backend that must have answered; `nobody` where none of ours may have. */
  readonly servedBy?: string;
  /** Name of a backend that must not have answered, whoever else did. */
  readonly notServedBy?: string;
  /** The request-target that the backend must have received, byte for byte. */
  readonly receivedTarget?: string;
  /** Text the body must contain. */
  readonly body?: string;
}

/**
 * How a request gets to the controller or past it.
 * - `controller`: from net-test to the controller's pod address, or to the Service of one that was there before the run;
 * - `nodePort`: from outside, to a node's address and the controller's NodePort, or wherever one that was there before is reached;
 * - `service`: from net-test to a Service by DNS name or by its address, past the controller;
 * - `externalIP`: from outside, to an address that a Service claims.
 */
export type Road =
  | 'controller'
  | 'nodePort'
  | { readonly service: string; readonly by: 'name' | 'address' }
  | { readonly nodePort: number; readonly node?: number }
  | { readonly externalIP: string; readonly port: number };
