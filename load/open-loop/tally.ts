import type { LoadFailure, LoadShape } from '../../src/model/load.ts';
import { bucketOf, newCounts } from '../../src/stats/microseconds.ts';
import type { Tally } from './messages.ts';
import { type SecondSeen, seconds } from './seconds.ts';
import type { Slot } from './slot.ts';

/** What may be under way when the measured time is over: of what is due later than so long before, no answer is expected by then. */
export const leewayMs = 50;

/** Counts what was to be sent in the time that is measured. */
export interface Counting {
  readonly tally: Tally;
  sent(slot: Slot): void;
  ended(slot: Slot, failure: LoadFailure | undefined, bodyBytes: number, nowUs: number): void;
  /** A request that was due then will never be sent. */
  neverSent(dueUs: number): void;
  sentAgain(slot: Slot): void;
  /** A connection was opened then. */
  opened(us: number): void;
  /** The event loop was so late then. */
  late(us: number, lateUs: number): void;
  /** Gives away the seconds before this time that nothing is missing from any more. */
  settle(beforeUs: number): void;
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
  const tally = newTally();
  // Nobody reads it. It is counted all the same, by the same code: code that runs for the first time when the measured time begins would
  // throw away what has been compiled, and cost a third of the throughput for some thousand requests.
  const warmUp = newTally();
  const series = seconds(measureFromUs, give);
  const tallyOf = (us: number): Tally => (us < measureFromUs ? warmUp : tally);

  function offered(own: Tally, us: number): void {
    own.offered += 1;
    if (us < leewayFromUs) own.dueInTime += 1;
    series.offered(us);
  }

  function failed(own: Tally, us: number, failure: LoadFailure): void {
    own.failures[failure] = (own.failures[failure] ?? 0) + 1;
    series.failed(us);
  }

  return {
    tally,
    settle: series.settle,
    sent({ intendedUs, sentUs, freeUs }) {
      const own = tallyOf(intendedUs);
      offered(own, intendedUs);
      if (freeUs > intendedUs) own.waitedForConnection += 1;
      count(own.sendLag, sentUs - Math.max(intendedUs, freeUs));
    },
    ended({ intendedUs, sentUs }, failure, bodyBytes, nowUs) {
      // A closed loop has answers under way at both ends: those to what the warm-up sent stand for those that come too late.
      const countsAtUs = shape === 'saturation' ? nowUs : intendedUs;
      const within = failure === undefined && nowUs < measureUntilUs;
      if (within) tallyOf(countsAtUs).answeredWithin += 1;
      const own = tallyOf(intendedUs);
      own.bytesReceived += bodyBytes;
      if (failure !== undefined) return failed(own, intendedUs, failure);
      own.answered += 1;
      if (within && intendedUs < leewayFromUs) own.answeredInTime += 1;
      const third = Math.max(0, Math.min(2, Math.floor((intendedUs - measureFromUs) / thirdUs)));
      const waitedUs = nowUs - (shape === 'saturation' ? sentUs : intendedUs);
      series.answered(intendedUs, count(own.thirds[third] as Float64Array, waitedUs));
    },
    neverSent(dueUs) {
      const own = tallyOf(dueUs);
      offered(own, dueUs);
      own.dropped += 1;
      failed(own, dueUs, 'timeout');
    },
    sentAgain({ intendedUs }) {
      tallyOf(intendedUs).sentAgain += 1;
    },
    opened(us) {
      tallyOf(us).connectionsOpened += 1;
    },
    late(us, lateUs) {
      if (us < measureUntilUs) count(tallyOf(us).loopLag, lateUs);
    },
  };
}

const newTally = (): Tally => ({
  offered: 0,
  answered: 0,
  answeredWithin: 0,
  dueInTime: 0,
  answeredInTime: 0,
  failures: {},
  bytesReceived: 0,
  connectionsOpened: 0,
  waitedForConnection: 0,
  sentAgain: 0,
  dropped: 0,
  cpuShare: 0,
  starved: {},
  thirds: [newCounts(), newCounts(), newCounts()],
  sendLag: newCounts(),
  loopLag: newCounts(),
});

function count(counts: Float64Array, us: number): number {
  const bucket = bucketOf(us);
  counts[bucket] = (counts[bucket] as number) + 1;
  return bucket;
}
