import { bisect } from './bisect.ts';

const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** The chance that a standard normal variable is at most `x`: Marsaglia's series, and the continued fraction of Laplace far below zero. */
export function normalCdf(x: number): number {
  if (x > 0) return 1 - normalCdf(-x);
  if (x < -4) {
    let fraction = -x;
    for (let step = 60; step > 0; step--) fraction = -x + step / fraction;
    return density(x) / fraction;
  }
  let [term, sum] = [x, x];
  for (let odd = 3; Math.abs(term) > 1e-17; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + density(x) * sum;
}

/** The value that a standard normal variable stays below with this chance. */
export const normalQuantile = (chance: number): number =>
  chance > 0.5 ? -normalQuantile(1 - chance) : bisect(normalCdf, chance, -38, 0);
