import { assertSample, median, sorted } from './sample.ts';

/** A median with the bounds that the sign test leaves: absent where there are too few figures for any at that level. */
export interface MedianInterval {
  readonly estimate: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly level: number;
}

/** The median, and between which of the figures the true one lies with confidence `level`, whatever they are distributed like. */
export function medianInterval(figures: readonly number[], level = 0.95): MedianInterval {
  assertSample(figures);
  const ordered = sorted(figures);
  const size = ordered.length;
  // How many of the smallest and of the largest may be left out: the chance that so many or fewer lie below the median.
  let outside = 0;
  let tail = 0.5 ** size;
  let term = tail;
  while (2 * tail <= 1 - level) {
    outside += 1;
    term = (term * (size - outside + 1)) / outside;
    tail += term;
  }
  const [lower, upper] = [ordered[outside - 1], ordered[size - outside]];
  return {
    estimate: median(ordered),
    ...(outside > 0 && lower !== undefined && upper !== undefined && { lower, upper }),
    level,
  };
}
