import type { BenchmarkSide } from '../../model/benchmark.ts';
import { schedule } from '../../stats/schedule.ts';

/**
 * Whose turn each run of a point is: `runs` of `a`, and of `b` where there is one, in blocks ABBA or BAAB drawn from the seed, and before
 * each block the back-ends are asked directly.
 */
export function turnsOf(runs: number, seed: number, against: boolean): readonly BenchmarkSide[] {
  const turns: readonly BenchmarkSide[] = against ? schedule(runs, seed) : Array.from({ length: runs }, () => 'a');
  const block = against ? 4 : 2;
  return turns.flatMap((side, index) => (index % block === 0 ? (['direct', side] as const) : [side]));
}

/** Which pair of neighbours each turn is of, counted from 0; the back-ends' turn is of the pair after it. */
export function pairsIn(turns: readonly BenchmarkSide[]): readonly number[] {
  let contended = 0;
  return turns.map((side) => Math.floor((side === 'direct' ? contended : contended++) / 2));
}
