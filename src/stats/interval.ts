/** An estimate and the bounds between which the truth lies with confidence `level`. Bounds are infinite, or 0 and infinite for a ratio, where there are too few figures. */
export interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}

/** The same interval on another scale, by a function that never falls. */
export const onScale = (interval: Interval, scale: (value: number) => number): Interval => ({
  estimate: scale(interval.estimate),
  lower: scale(interval.lower),
  upper: scale(interval.upper),
  level: interval.level,
});
