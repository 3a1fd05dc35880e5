import { criticalU } from './critical-u.ts';
import { normalQuantile } from './normal.ts';
import { logarithms, mean } from './sample.ts';
import { studentQuantile } from './student.ts';

/** Share of pilot studies whose spread is not underestimated. */
const sureOfSpread = 0.8;

/**
 * The smallest effect that runs of this spread and number would find with this power, as a share (0.03: 3 % more or less);
 * nothing where so few runs could never find any. The spread is taken at its upper confidence bound (Browne 1995), the
 * test at the risk its steps attain, by Student's t, and at the efficiency of ranks under a normal distribution, 3/π.
 */
export function smallestEffect(
  a: readonly number[],
  b: readonly number[],
  { alpha = 0.05, power = 0.8 } = {},
): number | undefined {
  const attained = criticalU(a.length, b.length, alpha);
  if (attained.count === 0) return undefined;
  const freedom = a.length + b.length - 2;
  const errors = studentQuantile(1 - attained.alpha / 2, freedom) + studentQuantile(power, freedom);
  return Math.expm1((errors * standardError(a, b)) / Math.sqrt(3 / Math.PI));
}

/** Of the difference of the mean logarithms, at the upper bound of what the spread may be. */
export function standardError(a: readonly number[], b: readonly number[]): number {
  const squares = [a, b].map((side) => {
    const logs = logarithms(side);
    const middle = mean(logs);
    return logs.reduce((total, log) => total + (log - middle) ** 2, 0);
  });
  const freedom = a.length + b.length - 2;
  const pooled = ((squares[0] as number) + (squares[1] as number)) / chiSquareQuantile(1 - sureOfSpread, freedom);
  return Math.sqrt(pooled * (1 / a.length + 1 / b.length));
}

/** By Wilson and Hilferty's cube. */
function chiSquareQuantile(chance: number, freedom: number): number {
  const ninth = 2 / (9 * freedom);
  return freedom * (1 - ninth + normalQuantile(chance) * Math.sqrt(ninth)) ** 3;
}
