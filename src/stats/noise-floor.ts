import { ratio } from './hodges-lehmann.ts';
import { quantile } from './sample.ts';

export interface NoiseFloor {
  /** As a share: 0.012 where comparisons of a thing with itself came out 1.2 % apart. */
  readonly share: number;
  /** How many comparisons say so. Below 20 the floor is the largest of them, from 20 on what 95 % stay below. */
  readonly comparisons: number;
}

/** How far apart a thing comes out from itself here: the estimates of A/A comparisons, either direction alike. */
export function noiseFloor(comparisons: readonly { a: readonly number[]; b: readonly number[] }[]): NoiseFloor {
  const distances = comparisons.map(({ a, b }) => Math.abs(Math.log(ratio(a, b).estimate)));
  return {
    share: Math.expm1(quantile(distances, distances.length < 20 ? 1 : 0.95)),
    comparisons: comparisons.length,
  };
}
