import { usageError } from '../model/errors.ts';

/** Throws `bad-sample` unless there are figures enough and every one is a finite number. */
export function assertSample(figures: readonly number[], atLeast = 1): void {
  if (figures.length < atLeast)
    throw usageError('bad-sample', `${figures.length} figures where at least ${atLeast} are needed`, {
      next: 'measure more runs',
    });
  const odd = figures.find((figure) => !Number.isFinite(figure));
  if (odd !== undefined)
    throw usageError('bad-sample', `${odd} is no figure`, { next: 'leave out the runs that gave none' });
}

/** Natural logarithms of figures that are compared as ratios; throws `bad-sample` where one is not above zero. */
export function logarithms(figures: readonly number[]): readonly number[] {
  assertSample(figures);
  const odd = figures.find((figure) => figure <= 0);
  if (odd !== undefined)
    throw usageError('bad-sample', `a ratio of ${odd} says nothing: figures must be above zero`, {
      next: 'compare counts that may be zero by their bounds, not as ratios',
    });
  return figures.map(Math.log);
}

const ascending = (a: number, b: number): number => a - b;

/** The same figures from the smallest to the largest. */
export const sorted = (figures: readonly number[]): readonly number[] => [...figures].sort(ascending);

export const mean = (figures: readonly number[]): number =>
  figures.reduce((total, figure) => total + figure, 0) / figures.length;

/** The figure below which `share` of them lie, between neighbours on a straight line (Hyndman and Fan's type 7). */
export function quantile(figures: readonly number[], share: number): number {
  assertSample(figures);
  const ordered = sorted(figures);
  const place = share * (ordered.length - 1);
  const low = ordered[Math.floor(place)] ?? Number.NaN;
  const high = ordered[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

export const median = (figures: readonly number[]): number => quantile(figures, 0.5);
