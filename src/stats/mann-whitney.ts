import { normalCdf } from './normal.ts';
import { doubledRanks, exactUpTo, rankSumCounts } from './rank-sums.ts';
import { assertSample } from './sample.ts';

export interface MannWhitney {
  /** Pairs in which a figure of `a` is above one of `b`, a tie counted as half. */
  readonly u: number;
  /** Two-sided: twice the smaller tail, at most 1. */
  readonly p: number;
  /** `exact`: over every way to deal out the observed ranks, ties as they are. `normal`: the approximation for larger samples. */
  readonly method: 'exact' | 'normal';
}

/** Whether two sides differ in place: exact up to 30 figures a side, by the normal approximation with ties and continuity corrected beyond. */
export function mannWhitney(a: readonly number[], b: readonly number[]): MannWhitney {
  assertSample(a);
  assertSample(b);
  const ranks = doubledRanks([...a, ...b]);
  const sum = ranks.slice(0, a.length).reduce((total, rank) => total + rank, 0);
  const u = (sum - a.length * (a.length + 1)) / 2;
  return Math.max(a.length, b.length) <= exactUpTo
    ? { u, p: exactP(ranks, a.length, sum), method: 'exact' }
    : { u, p: normalP(ranks, a.length, b.length, u), method: 'normal' };
}

function exactP(ranks: readonly number[], size: number, observed: number): number {
  const counts = rankSumCounts(ranks, size);
  let [below, above, all] = [0, 0, 0];
  counts.forEach((count, sum) => {
    all += count;
    if (sum <= observed) below += count;
    if (sum >= observed) above += count;
  });
  return Math.min(1, (2 * Math.min(below, above)) / all);
}

function normalP(ranks: readonly number[], m: number, n: number, u: number): number {
  const all = m + n;
  const sizes = new Map<number, number>();
  for (const rank of ranks) sizes.set(rank, (sizes.get(rank) ?? 0) + 1);
  const ties = [...sizes.values()].reduce((total, size) => total + size ** 3 - size, 0);
  const deviation = Math.sqrt(((m * n) / 12) * (all + 1 - ties / (all * (all - 1))));
  const distance = Math.max(0, Math.abs(u - (m * n) / 2) - 0.5);
  return deviation === 0 ? 1 : Math.min(1, 2 * normalCdf(-distance / deviation));
}
