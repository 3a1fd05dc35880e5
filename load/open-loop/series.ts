import type { LoadResult } from '../../src/model/load.ts';
import { newCounts, percentileOf } from '../../src/stats/microseconds.ts';
import type { SecondSeen } from './seconds.ts';

type Entry = LoadResult['seconds'][number];
type Counts = { offered: number; answered: number; failed: number };

/** Seconds as several threads have seen them, in one series. */
export interface Series {
  add(second: SecondSeen): void;
  /** One entry for each second, those in which nothing was due included. */
  entries(): readonly Entry[];
}

/** A series of so many seconds, each seen by so many threads at most. */
export function series(length: number, threads: number): Series {
  const done: Entry[] = Array.from({ length }, () => ({ offered: 0, answered: 0, failed: 0 }));
  const open = new Map<number, { heard: number; readonly sum: Counts; readonly counts: Float64Array }>();

  function finish(index: number): void {
    const { sum, counts } = open.get(index) as NonNullable<ReturnType<typeof open.get>>;
    open.delete(index);
    const [p50Us, p99Us] = [percentileOf(counts, 50), percentileOf(counts, 99)];
    done[index] = { ...sum, ...(p50Us !== undefined && p99Us !== undefined && { p50Us, p99Us }) };
  }

  return {
    add({ index, offered, answered, failed, times }) {
      let second = open.get(index);
      if (second === undefined) {
        second = { heard: 0, sum: { offered: 0, answered: 0, failed: 0 }, counts: newCounts() };
        open.set(index, second);
      }
      second.heard += 1;
      second.sum.offered += offered;
      second.sum.answered += answered;
      second.sum.failed += failed;
      for (let at = 0; at < times.length; at += 2) {
        const bucket = times[at] as number;
        second.counts[bucket] = (second.counts[bucket] as number) + (times[at + 1] as number);
      }
      if (second.heard === threads) finish(index);
    },
    entries() {
      for (const index of open.keys()) finish(index);
      return done;
    },
  };
}
