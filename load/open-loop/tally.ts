import type { LoadFailure } from '../../src/model/load.ts';
import { bucketOf, newCounts } from '../../src/stats/microseconds.ts';
import type { Tally } from './messages.ts';
import { type SecondSeen, type Seconds, seconds } from './seconds.ts';
import type { Slot } from './slot.ts';

/** Counts what was to be sent in the time that is measured, and nothing of the warm-up. */
export interface Counting {
  readonly tally: Tally;
  readonly seconds: Seconds;
  sent(slot: Slot): void;
  /** `since`: where the clock of its latency started. */
  ended(slot: Slot, failure: LoadFailure | undefined, bodyBytes: number, sinceUs: number, nowUs: number): void;
  /** A request that was due then will never be sent. */
  neverSent(dueUs: number): void;
}

export function counting(measureFromUs: number, measureUntilUs: number, give: (second: SecondSeen) => void): Counting {
  const tally: Tally = {
    offered: 0,
    answered: 0,
    answeredWithin: 0,
    failures: {},
    bytesReceived: 0,
    connectionsOpened: 0,
    waitedForConnection: 0,
    dropped: 0,
    cpuShare: 0,
    starved: {},
    latency: newCounts(),
    sendLag: newCounts(),
    loopLag: newCounts(),
  };
  const series = seconds(measureFromUs, give);
  const count = (counts: Float64Array, us: number): number => {
    const bucket = bucketOf(us);
    counts[bucket] = (counts[bucket] as number) + 1;
    return bucket;
  };

  function failed(us: number, failure: LoadFailure): void {
    tally.failures[failure] = (tally.failures[failure] ?? 0) + 1;
    series.failed(us);
  }

  return {
    tally,
    seconds: series,
    sent({ intendedUs, sentUs, freeUs }) {
      if (intendedUs < measureFromUs) return;
      tally.offered += 1;
      series.offered(intendedUs);
      if (freeUs > intendedUs) tally.waitedForConnection += 1;
      count(tally.sendLag, sentUs - Math.max(intendedUs, freeUs));
    },
    ended({ intendedUs }, failure, bodyBytes, sinceUs, nowUs) {
      if (intendedUs < measureFromUs) return;
      tally.bytesReceived += bodyBytes;
      if (failure !== undefined) return failed(intendedUs, failure);
      tally.answered += 1;
      if (nowUs < measureUntilUs) tally.answeredWithin += 1;
      series.answered(intendedUs, count(tally.latency, nowUs - sinceUs));
    },
    neverSent(dueUs) {
      if (dueUs < measureFromUs) return;
      tally.offered += 1;
      tally.dropped += 1;
      series.offered(dueUs);
      failed(dueUs, 'timeout');
    },
  };
}
