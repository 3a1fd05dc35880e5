import { sorted } from './sample.ts';

/** Runs of more than this many a side are judged by the normal approximation, up to it exactly. */
export const exactUpTo = 30;

/** Twice the rank of each figure among all, so that figures that are equal share a whole number (twice their mean rank). */
export function doubledRanks(figures: readonly number[]): readonly number[] {
  const ordered = sorted(figures);
  const shared = new Map<number, number>();
  for (let start = 0; start < ordered.length; ) {
    const figure = ordered[start] as number;
    const end = ordered.lastIndexOf(figure);
    shared.set(figure, start + end + 2);
    start = end + 1;
  }
  return figures.map((figure) => shared.get(figure) as number);
}

/**
 * How many choices of `size` of these ranks have each sum, by index: the exact distribution of a rank sum when
 * sides mean nothing, with ties or without (the shift algorithm of Streitberg and Röhmel).
 */
export function rankSumCounts(ranks: readonly number[], size: number): Float64Array {
  const width = ranks.reduce((total, rank) => total + rank, 0) + 1;
  const counts = Array.from({ length: size + 1 }, () => new Float64Array(width));
  (counts[0] as Float64Array)[0] = 1;
  let reach = 0;
  ranks.forEach((rank, index) => {
    reach += rank;
    for (let chosen = Math.min(size, index + 1); chosen > 0; chosen--) {
      const [into, from] = [counts[chosen] as Float64Array, counts[chosen - 1] as Float64Array];
      for (let sum = reach; sum >= rank; sum--) into[sum] = (into[sum] as number) + (from[sum - rank] as number);
    }
  });
  return counts[size] as Float64Array;
}
