import type { LoadFailure, LoadShape } from '../../src/model/load.ts';
import { bucketOf, newCounts } from '../../src/stats/microseconds.ts';
import type { Tally } from './messages.ts';
import { type SecondSeen, type Seconds, seconds } from './seconds.ts';
import type { Slot } from './slot.ts';

/** What may be under way when the measured time is over: of what is due later than so long before, no answer is expected by then. */
export const leewayMs = 50;

/** Counts what was to be sent in the time that is measured, and nothing of the warm-up. */
export interface Counting {
  readonly tally: Tally;
  readonly seconds: Seconds;
  sent(slot: Slot): void;
  ended(slot: Slot, failure: LoadFailure | undefined, bodyBytes: number, nowUs: number): void;
  /** A request that was due then will never be sent. */
  neverSent(dueUs: number): void;
}

/** Of load of this shape, between two moments. */
export function counting(
  shape: LoadShape['kind'],
  measureFromUs: number,
  measureUntilUs: number,
  give: (second: SecondSeen) => void,
): Counting {
  const thirdUs = (measureUntilUs - measureFromUs) / 3;
  const leewayFromUs = measureUntilUs - leewayMs * 1000;
  const tally: Tally = {
    offered: 0,
    answered: 0,
    answeredWithin: 0,
    dueInTime: 0,
    answeredInTime: 0,
    failures: {},
    bytesReceived: 0,
    connectionsOpened: 0,
    waitedForConnection: 0,
    dropped: 0,
    cpuShare: 0,
    starved: {},
    thirds: [newCounts(), newCounts(), newCounts()],
    sendLag: newCounts(),
    loopLag: newCounts(),
  };
  const series = seconds(measureFromUs, give);
  const count = (counts: Float64Array, us: number): number => {
    const bucket = bucketOf(us);
    counts[bucket] = (counts[bucket] as number) + 1;
    return bucket;
  };

  function offered(us: number): void {
    tally.offered += 1;
    if (us < leewayFromUs) tally.dueInTime += 1;
    series.offered(us);
  }

  function failed(us: number, failure: LoadFailure): void {
    tally.failures[failure] = (tally.failures[failure] ?? 0) + 1;
    series.failed(us);
  }

  return {
    tally,
    seconds: series,
    sent({ intendedUs, sentUs, freeUs }) {
      if (intendedUs < measureFromUs) return;
      offered(intendedUs);
      if (freeUs > intendedUs) tally.waitedForConnection += 1;
      count(tally.sendLag, sentUs - Math.max(intendedUs, freeUs));
    },
    ended({ intendedUs, sentUs }, failure, bodyBytes, nowUs) {
      // A closed loop has answers under way at both ends: those to what the warm-up sent stand for those that come too late.
      const countsFromUs = shape === 'saturation' ? nowUs : intendedUs;
      const within = failure === undefined && countsFromUs >= measureFromUs && nowUs < measureUntilUs;
      if (within) tally.answeredWithin += 1;
      if (intendedUs < measureFromUs) return;
      tally.bytesReceived += bodyBytes;
      if (failure !== undefined) return failed(intendedUs, failure);
      tally.answered += 1;
      if (within && intendedUs < leewayFromUs) tally.answeredInTime += 1;
      const third = tally.thirds[Math.min(2, Math.floor((intendedUs - measureFromUs) / thirdUs))] as Float64Array;
      series.answered(intendedUs, count(third, nowUs - (shape === 'saturation' ? sentUs : intendedUs)));
    },
    neverSent(dueUs) {
      if (dueUs < measureFromUs) return;
      offered(dueUs);
      tally.dropped += 1;
      failed(dueUs, 'timeout');
    },
  };
}
