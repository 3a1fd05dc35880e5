/** One row of a table check: a request, and what its answer must be. */
export interface Expectation {
  /** Where the request leaves from, and to where: default `controller`. */
  readonly via?: Road;
  /** Value of the Host header. Default: the address the request goes to, as every client sends it; `null` sends none. */
  readonly host?: string | null;
  /** Default `/`. */
  readonly path?: string;
  /** Default `GET`. */
  readonly method?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Expected status. Default 200 where `servedBy` is given. */
  readonly status?: number;
  /** Name of the backend (Deployment) that must have answered; `nobody` where none of ours may have. */
  readonly servedBy?: string;
  /** Text the body must contain. */
  readonly body?: string;
}

/**
 * How a request gets to the controller or past it.
 * - `controller`: from net-test to the controller's pod address;
 * - `nodePort`: from outside, to a node's address and the controller's NodePort;
 * - `service`: from net-test to a Service by DNS name or by its address, past the controller;
 * - `externalIP`: from outside, to an address that a Service claims.
 */
export type Road =
  | 'controller'
  | 'nodePort'
  | { readonly service: string; readonly by: 'name' | 'address' }
  | { readonly nodePort: number; readonly node?: number }
  | { readonly externalIP: string; readonly port: number };
