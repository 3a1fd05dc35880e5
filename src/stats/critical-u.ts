import { normalQuantile } from './normal.ts';
import { exactUpTo, rankSumCounts } from './rank-sums.ts';

export interface CriticalU {
  /** How many of the smallest U values are extreme enough: 0 to `count` - 1. 0 where even the most extreme is not. */
  readonly count: number;
  /** What the test then risks, both tails together: at most what was asked for. */
  readonly alpha: number;
}

const known = new Map<string, CriticalU>();

/** Which values of Mann–Whitney's U reject at `alpha`, two-sided, where nothing is tied. */
export function criticalU(m: number, n: number, alpha: number): CriticalU {
  const key = `${m} ${n} ${alpha}`;
  const found = known.get(key) ?? (Math.max(m, n) <= exactUpTo ? exact(m, n, alpha) : approximate(m, n, alpha));
  known.set(key, found);
  return found;
}

function exact(m: number, n: number, alpha: number): CriticalU {
  const counts = rankSumCounts(
    Array.from({ length: m + n }, (_, index) => index + 1),
    m,
  );
  const all = counts.reduce((total, count) => total + count, 0);
  const least = (m * (m + 1)) / 2;
  let [count, tail] = [0, 0];
  for (;;) {
    const next = tail + (counts[least + count] as number);
    if ((2 * next) / all > alpha) return { count, alpha: (2 * tail) / all };
    tail = next;
    count++;
  }
}

function approximate(m: number, n: number, alpha: number): CriticalU {
  const deviation = Math.sqrt((m * n * (m + n + 1)) / 12);
  return { count: Math.floor((m * n) / 2 + normalQuantile(alpha / 2) * deviation), alpha };
}
