import { betaQuantile } from './beta.ts';

/** The value that Student's t with these degrees of freedom stays below with this chance, from a half up. */
export function studentQuantile(chance: number, freedom: number): number {
  const x = betaQuantile(2 * (1 - chance), freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - x)) / x);
}
