import { type Interval, onScale } from './interval.ts';
import { normalCdf } from './normal.ts';
import { seededRandom } from './random.ts';
import { assertSample, logarithms, mean, quantile } from './sample.ts';
import { studentQuantile } from './student.ts';

export interface BootstrapOptions {
  readonly seed: number;
  readonly level?: number;
  readonly resamples?: number;
}

/**
 * How many times `a` the figure of `b` is, run beside run: the geometric mean of two ratios or more, with the bootstrap's
 * percentile interval, widened for few pairs (Hesterberg 2015), the same for the same seed.
 */
export function pairedRatio(
  pairs: readonly (readonly [a: number, b: number])[],
  { seed, level = 0.95, resamples = 9_999 }: BootstrapOptions,
): Interval {
  assertSample(pairs.flat(), 4);
  const after = logarithms(pairs.map(([, b]) => b));
  const steps = logarithms(pairs.map(([a]) => a)).map((before, index) => (after[index] as number) - before);
  const random = seededRandom(seed);
  const draw = (): number => steps[Math.floor(random() * steps.length)] as number;
  const means = Array.from({ length: resamples }, () => mean(steps.map(draw)));
  const tail = widenedTail((1 - level) / 2, steps.length);
  const [lower, upper] = [quantile(means, tail), quantile(means, 1 - tail)];
  return onScale({ estimate: mean(steps), lower, upper, level }, Math.exp);
}

/** The tail to cut off so that the interval of a normal sample is as wide as Student's: resampling alone makes it too narrow. */
const widenedTail = (tail: number, size: number): number =>
  normalCdf(-studentQuantile(1 - tail, size - 1) * Math.sqrt(size / (size - 1)));
