import { type Interval, onScale } from './interval.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';
import { logarithms, mean, quantile } from './sample.ts';

export interface BootstrapOptions {
  readonly seed: number;
  readonly level?: number;
  readonly resamples?: number;
}

/**
 * How many times `a` the figure of `b` is, run beside run: the geometric mean of the ratios, with the bootstrap's
 * bias-corrected and accelerated interval (Efron 1987), the same for the same seed.
 */
export function pairedRatio(
  pairs: readonly (readonly [a: number, b: number])[],
  { seed, level = 0.95, resamples = 9_999 }: BootstrapOptions,
): Interval {
  const after = logarithms(pairs.map(([, b]) => b));
  const steps = logarithms(pairs.map(([a]) => a)).map((before, index) => (after[index] as number) - before);
  const estimate = mean(steps);
  const random = seededRandom(seed);
  const draw = (): number => steps[Math.floor(random() * steps.length)] as number;
  const means = Array.from({ length: resamples }, () => mean(steps.map(draw)));
  const below = means.filter((value) => value < estimate).length;
  const equal = means.filter((value) => value === estimate).length;
  // One resample more on either side keeps the quantile finite.
  const bias = normalQuantile((below + equal / 2 + 0.5) / (resamples + 1));
  const acceleration = skewness(steps) / (6 * Math.sqrt(steps.length));
  const bound = (chance: number): number => {
    const z = bias + normalQuantile(chance);
    return quantile(means, normalCdf(bias + z / (1 - acceleration * z)));
  };
  const [lower, upper] = [bound((1 - level) / 2), bound((1 + level) / 2)];
  return onScale({ estimate, lower, upper, level }, Math.exp);
}

/** What the jackknife's acceleration of a mean comes to, but for its factor. */
function skewness(values: readonly number[]): number {
  const middle = mean(values);
  const second = mean(values.map((value) => (value - middle) ** 2));
  return second === 0 ? 0 : mean(values.map((value) => (value - middle) ** 3)) / second ** 1.5;
}
