import type { ProbeRecord } from './probe.ts';

/** What a failed check shows: enough to believe it, or to refute it by hand. */
export interface Failure {
  readonly expected: string;
  readonly actual: string;
  /** The request as a `curl` line, where one request decided it. */
  readonly curl?: string;
  /** The exchange that decided it, raw bytes included. */
  readonly probe?: ProbeRecord;
}

/**
 * What a check says of a controller. `errored` is not `failed`: a broken cluster never accuses a controller.
 * `observed` belongs to observations, which nobody owes and nobody fails.
 */
export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'observed'; readonly value: string }
  | { readonly kind: 'unsupported'; readonly reason: string }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'errored'; readonly reason: string; readonly code?: string };

export type VerdictKind = Verdict['kind'];
export const verdictKinds = [
  'passed',
  'failed',
  'errored',
  'unsupported',
  'skipped',
  'observed',
] as const satisfies readonly VerdictKind[];
