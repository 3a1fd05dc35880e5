import type { LoadFailure, LoadTarget } from '../../src/model/load.ts';

/** A target as the script asks it. */
export interface ScriptTarget {
  readonly url: string;
  readonly method: string;
  readonly host: string;
  readonly bodyBytes: number;
  readonly expect: LoadTarget['expect'];
}

/** What the script is told, as JSON. */
export interface ScriptOrder {
  /** `lines`: a line for each request; `summary`: sums of all at the end, as one line. */
  readonly tell: 'lines' | 'summary';
  readonly targets: readonly ScriptTarget[];
  /** Addresses of names, for TLS: `shop.example:443` → `127.0.0.1:30443`. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly rate: { readonly count: number; readonly inMs: number };
  readonly connections: number;
  readonly fresh: boolean;
  readonly proto: string;
  readonly warmUpMs: number;
  readonly durationMs: number;
  readonly timeoutMs: number;
}

/** How a request ended: right, or a cause; a line names it by its place. */
export const endings = [
  'answered',
  'refused',
  'reset',
  'timeout',
  'closed-early',
  'malformed',
  'status-4xx',
  'status-5xx',
  'wrong-status',
  'wrong-length',
  'wrong-back-end',
  'no-socket',
  'unclassified',
] as const satisfies readonly ('answered' | LoadFailure)[];
export type Ending = (typeof endings)[number];

/** What begins a line that says when the measured time began, in ms since 1970: the first of each of k6's users. */
export const startMark = 'from ';

/** What begins the one line of a summary. */
export const summaryMark = 'ingress-assay-load ';

/** A summary: the counters by name that are not zero. */
export type Counters = Readonly<Record<string, number>>;

/** The name in a summary of what is no counter: when the measured time began, in ms since 1970. */
export const startName = 'measured_from_ms';

/** Seconds of a run that a summary counts one by one; of a longer run it tells none. */
export const mostSeconds = 600;
