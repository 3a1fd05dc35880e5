import { bucketCount } from '../../src/stats/microseconds.ts';

/** One second of one thread, once all that was to be sent in it has ended. */
export interface SecondSeen {
  readonly index: number;
  readonly offered: number;
  readonly answered: number;
  readonly failed: number;
  /** Times of right answers: a bucket and how many are in it, in turn. */
  readonly times: Uint32Array;
}

interface OpenSecond {
  readonly index: number;
  offered: number;
  answered: number;
  failed: number;
  readonly counts: Uint32Array;
}

/** Seconds that have not ended for all their requests. There are as many as fit into what a request can last. */
export interface Seconds {
  offered(us: number): void;
  answered(us: number, bucket: number): void;
  failed(us: number): void;
  /** Gives away the seconds before this time that nothing is missing from any more; all of them at the end. */
  settle(beforeUs: number): void;
}

const secondUs = 1_000_000;
/** Before `fromUs` nobody reads them: they are shorter, so that what goes on between two of them is compiled when it matters. */
const earlyUs = 100_000;
const lengthUs = (index: number): number => (index < 0 ? earlyUs : secondUs);

/** The seconds from `fromUs` on, and shorter spans below zero before. A request belongs to the one in which it was to be sent. */
export function seconds(fromUs: number, give: (second: SecondSeen) => void): Seconds {
  const open = new Map<number, OpenSecond>();
  const spare: Uint32Array[] = [];
  let latest: OpenSecond | undefined;

  function at(us: number): OpenSecond {
    const index = Math.floor((us - fromUs) / (us < fromUs ? earlyUs : secondUs));
    if (latest?.index === index) return latest;
    latest = open.get(index);
    if (latest === undefined) {
      latest = { index, offered: 0, answered: 0, failed: 0, counts: spare.pop() ?? new Uint32Array(bucketCount) };
      open.set(index, latest);
    }
    return latest;
  }

  return {
    offered: (us) => {
      at(us).offered += 1;
    },
    answered(us, bucket) {
      const second = at(us);
      second.answered += 1;
      second.counts[bucket] = (second.counts[bucket] as number) + 1;
    },
    failed: (us) => {
      at(us).failed += 1;
    },
    settle(beforeUs) {
      for (const [index, second] of open) {
        const { offered, answered, failed, counts } = second;
        if (fromUs + (index + 1) * lengthUs(index) > beforeUs || offered > answered + failed) continue;
        open.delete(index);
        latest = undefined;
        const times = filledOf(counts);
        if (index >= 0) give({ index, offered, answered, failed, times });
        spare.push(counts.fill(0));
      }
    },
  };
}

function filledOf(counts: Uint32Array): Uint32Array {
  const filled: number[] = [];
  counts.forEach((count, bucket) => {
    if (count > 0) filled.push(bucket, count);
  });
  return Uint32Array.from(filled);
}
