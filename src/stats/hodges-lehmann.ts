import { criticalU } from './critical-u.ts';
import { type Interval, onScale } from './interval.ts';
import { assertSample, logarithms, median, sorted } from './sample.ts';

/** By how much `b` lies above `a`: the median of all differences, its bounds those differences that Mann–Whitney's exact test would not reject. */
export function shift(a: readonly number[], b: readonly number[], level = 0.95): Interval {
  assertSample(a);
  assertSample(b);
  const differences = sorted(b.flatMap((after) => a.map((before) => after - before)));
  const { count } = criticalU(a.length, b.length, 1 - level);
  return {
    estimate: median(differences),
    lower: count > 0 ? (differences[count - 1] as number) : Number.NEGATIVE_INFINITY,
    upper: count > 0 ? (differences[differences.length - count] as number) : Number.POSITIVE_INFINITY,
    level,
  };
}

/** How many times `a` the figures of `b` are, all of them above zero: the shift of their logarithms. */
export const ratio = (a: readonly number[], b: readonly number[], level = 0.95): Interval =>
  onScale(shift(logarithms(a), logarithms(b), level), Math.exp);
