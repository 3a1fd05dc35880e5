import type { Place } from '../model/cluster.ts';
import type { ProbeFailure, ProbeRequest } from '../model/probe.ts';

export interface StreamOptions {
  readonly place: Place;
  readonly request: ProbeRequest;
  /** Between the intended send times: an open loop, so a slow answer delays no later request. */
  readonly spacingMs: number;
}

/** One request of a stream, small enough to keep tens of thousands. Times in ms since the epoch. */
export interface Sample {
  readonly intendedAtMs: number;
  readonly sentAtMs: number;
  readonly endedAtMs: number;
  /** Tasks that ran or wanted to, for each CPU where it was sent from, about when it ended; absent where that cannot be seen. */
  readonly runnablePerCpu?: number;
  readonly outcome:
    | { readonly kind: 'answered'; readonly status: number; readonly backend?: string; readonly pod?: string }
    | { readonly kind: 'failed'; readonly cause: ProbeFailure };
}

/** Requests at a fixed spacing over fresh connections, running until disposed. */
export interface Stream extends AsyncDisposable {
  /** All samples so far, in order of their end. */
  readonly samples: readonly Sample[];
  /** Resolves with the first sample that satisfies `wanted`, past or future; rejects at the time-out with a CheckFailed that expected `what`. */
  until(what: string, wanted: (sample: Sample) => boolean, timeoutMs: number): Promise<Sample>;
  /** Ends it and returns every sample, late ones included. */
  stop(): Promise<readonly Sample[]>;
}
