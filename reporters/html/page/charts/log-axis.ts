import { figure } from '../number.ts';

/**
 * A logarithmic axis by hand, since the library's own leaves out labels as it sees fit: marks put `log(value)` on a linear scale with
 * these options.
 */
export const log = (value: number): number => Math.log10(Math.max(value, 1e-6));

const steps = [1, 1.5, 2, 3, 5, 7];

/** Round numbers from `low` to `high`, about `most` of them. */
export function logTicks(low: number, high: number, most: number): readonly number[] {
  const decades = Array.from({ length: 24 }, (_, index) => 10 ** (index - 8));
  for (const kept of [steps, [1, 2, 5], [1, 3], [1]]) {
    const ticks = decades
      .flatMap((decade) => kept.map((step) => step * decade))
      .filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
    if (ticks.length <= most) return ticks;
  }
  return [low, high];
}

/** Scale options for values of that range. */
export function logAxis(values: readonly number[], most = 6) {
  const low = Math.min(...values.filter((value) => value > 0));
  const high = Math.max(...values);
  return {
    type: 'linear',
    ticks: logTicks(low, high, most).map(log),
    tickFormat: (at: number) => figure(10 ** at),
  } as const;
}
