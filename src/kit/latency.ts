import type { Change } from './change.ts';
import type { Sample } from './stream.ts';

/** How a change took effect on a stream of requests. Times in ms after the API's answer; below 0 where it was quicker than that. */
export interface ChangeLatency {
  /** End of the first answer that was as the change wants it; `undefined` where none was. */
  readonly firstCorrectMs: number | undefined;
  /** End of the last answer, to a request sent after the change was asked for, that was not; `undefined` where none was. */
  readonly lastStaleMs: number | undefined;
  /** The longest time between one request and the next while both were still unknown: neither is known any closer. */
  readonly resolutionMs: number | undefined;
}

/** Reads from a stream's samples how a change took effect; `isNew` tells an answer as the change wants it. */
export function changeLatency(
  samples: readonly Sample[],
  change: Change,
  isNew: (outcome: Extract<Sample['outcome'], { kind: 'answered' }>) => boolean,
): ChangeLatency {
  let first: Sample | undefined;
  let last: Sample | undefined;
  for (const sample of samples) {
    if (sample.sentAtMs < change.requestedAtMs || sample.outcome.kind === 'failed') continue;
    if (!isNew(sample.outcome)) {
      if (last === undefined || sample.endedAtMs > last.endedAtMs) last = sample;
    } else if (first === undefined || sample.endedAtMs < first.endedAtMs) first = sample;
  }
  const after = (sample: Sample | undefined) => sample && sample.endedAtMs - change.answeredAtMs;
  const untilMs = Math.max(...[first, last].map((sample) => sample?.sentAtMs ?? Number.NEGATIVE_INFINITY));
  return {
    firstCorrectMs: after(first),
    lastStaleMs: after(last),
    resolutionMs: longestPauseMs(samples, change.requestedAtMs, untilMs),
  };
}

/** The longest time between two sendings in a row, of those pairs that reach into the time from `fromMs` to `untilMs`. */
function longestPauseMs(samples: readonly Sample[], fromMs: number, untilMs: number): number | undefined {
  const sent = samples.map(({ sentAtMs }) => sentAtMs).sort((a, b) => a - b);
  let longest: number | undefined;
  for (const [index, nextMs] of sent.entries()) {
    const beforeMs = sent[index - 1];
    if (beforeMs === undefined || nextMs < fromMs || beforeMs > untilMs) continue;
    longest = Math.max(longest ?? 0, nextMs - beforeMs);
  }
  return longest;
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
