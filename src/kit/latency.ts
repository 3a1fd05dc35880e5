import { type ProbeFailure, probeFailures } from '../model/probe.ts';
import type { Change } from './change.ts';
import type { Sample } from './stream.ts';

/** How a change took effect on a stream of requests. Times in ms after the API's answer; below 0 where it was quicker than that. */
export interface ChangeLatency {
  /** End of the first answer that was as the change wants it; `undefined` where none was. */
  readonly firstCorrectMs: number | undefined;
  /** End of the last answer, to a request sent after the change was asked for, that was not; `undefined` where none was. */
  readonly lastStaleMs: number | undefined;
  /** Requests sent after the change was asked for. */
  readonly requests: number;
  /** Those without an answer, by cause; causes that did not occur are absent. */
  readonly failures: Readonly<Partial<Record<ProbeFailure, number>>>;
}

/** Reads from a stream's samples how a change took effect; `isNew` tells an answer as the change wants it. */
export function changeLatency(
  samples: readonly Sample[],
  change: Change,
  isNew: (outcome: Extract<Sample['outcome'], { kind: 'answered' }>) => boolean,
): ChangeLatency {
  const since = samples.filter(({ sentAtMs }) => sentAtMs >= change.requestedAtMs);
  let firstCorrectMs: number | undefined;
  let lastStaleMs: number | undefined;
  for (const { outcome, endedAtMs } of since) {
    if (outcome.kind === 'failed') continue;
    const ms = endedAtMs - change.answeredAtMs;
    if (isNew(outcome)) firstCorrectMs = Math.min(firstCorrectMs ?? ms, ms);
    else lastStaleMs = Math.max(lastStaleMs ?? ms, ms);
  }
  return { firstCorrectMs, lastStaleMs, requests: since.length, failures: failuresByCause(since) };
}

/** How many samples failed, by cause; causes that did not occur are absent. */
export function failuresByCause(samples: readonly Sample[]): Readonly<Partial<Record<ProbeFailure, number>>> {
  const counts = probeFailures.map((cause) => {
    const of = samples.filter(({ outcome }) => outcome.kind === 'failed' && outcome.cause === cause);
    return [cause, of.length] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** A handful of values in four figures. The 90th percentile is by nearest rank: one of the values, never a mixture. */
export interface Summary {
  readonly count: number;
  readonly min: number;
  readonly median: number;
  readonly p90: number;
  readonly max: number;
}

/** Sums up at least one value; `undefined` for none. */
export function summaryOf(values: readonly number[]): Summary | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const count = sorted.length;
  if (count === 0) return undefined;
  const median = (at(Math.ceil(count / 2) - 1) + at(Math.floor(count / 2))) / 2;
  return { count, min: at(0), median, p90: at(Math.ceil(count * 0.9) - 1), max: at(count - 1) };
}
