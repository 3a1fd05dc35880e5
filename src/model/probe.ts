/** One HTTP/1 request, as the bytes that go onto the socket. Nothing is normalised, folded or followed. */
export interface ProbeRequest {
  /** IPv4 address the socket connects to. */
  readonly address: string;
  readonly port: number;
  /** Value of the Host header; `undefined` sends none. */
  readonly host?: string | undefined;
  /** Request-target, byte for byte: with CONNECT, an authority. Default `/`. */
  readonly path?: string;
  /** Default `GET`. */
  readonly method?: string;
  /** HTTP version of the request line. Default `1.1`. */
  readonly version?: '1.0' | '1.1';
  /** Further header lines, in order, as given. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** How many bytes of the answer's body are kept at most. Default 64 KiB. */
  readonly keptBytes?: number;
  /** From connect to the last byte. Default `timeouts.probeMs`. */
  readonly timeoutMs?: number;
}

/** Who answered: our back-ends sign every answer. `undefined` where the answer carries no signature. */
export interface ServedBy {
  /** Name of the backend: the Deployment's name; `<name> of <namespace>` where it is not of the namespace of who asked. */
  readonly backend: string;
  readonly pod: string;
  readonly namespace: string;
  /** Address of the pod that answered. */
  readonly podAddress: string;
  /** Address of the TCP peer the pod saw: the controller's pod, where it balances to pods directly. */
  readonly peerAddress: string;
  /** Local port of the pod that the request came to; 0 where the signature lacks it. */
  readonly port: number;
  /** The request head as the pod received it, byte for byte (decoded as latin1), cut to 1.5 KiB. */
  readonly head: string;
  /** Length of the whole head. */
  readonly headBytes: number;
  /** The request's body as the pod received it, out of its chunks. */
  readonly bodyBytes: number;
  /** In hex; empty where the signature lacks it. */
  readonly bodySha256: string;
}

/** Why there is no answer. A closed list: counts by cause add up. `endless` is one given up for going on and on. */
export const probeFailures = [
  'refused',
  'reset',
  'unreachable',
  'timeout',
  'closed-early',
  'malformed',
  'endless',
  'other',
] as const;
export type ProbeFailure = (typeof probeFailures)[number];

export type ProbeOutcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly reason: string;
      /** Header lines in order, names as received. */
      readonly headers: readonly (readonly [name: string, value: string])[];
      /** The body as latin1, cut to `keptBytes`. */
      readonly body: string;
      readonly bodyBytes: number;
      readonly servedBy?: ServedBy | undefined;
    }
  | {
      readonly kind: 'failed';
      readonly cause: ProbeFailure;
      readonly message: string;
      /** What did come, from the first byte on, as latin1, cut to 4 KiB; absent where nothing came. */
      readonly received?: string;
    };

/** One request and everything seen of its answer: the one record type from the socket to the report. */
export interface ProbeRecord {
  /** Where it left from: `external`, or `pod <namespace>/<name>`. */
  readonly vantage: string;
  readonly request: ProbeRequest;
  readonly outcome: ProbeOutcome;
  /** Time of sending, in ms since the epoch with µs resolution, by the harness's clock. */
  readonly sentAtMs: number;
  /** From sending to the last byte, connect included. */
  readonly durationMs: number;
  /** Local address of the socket, where it connected: what a server without SNAT in between would see as peer. */
  readonly localAddress?: string | undefined;
}
