import { ratio } from './hodges-lehmann.ts';
import { holm } from './holm.ts';
import type { Interval } from './interval.ts';
import { mannWhitney } from './mann-whitney.ts';
import { normalQuantile } from './normal.ts';
import { smallestEffect, standardError } from './smallest-effect.ts';

/** One figure of two sides, a run each; `a` is what `b` is held against. All above zero. */
export interface Comparison {
  readonly name: string;
  readonly better: 'higher' | 'lower';
  readonly a: readonly number[];
  readonly b: readonly number[];
}

export interface JudgeOptions {
  /** As a share: within 0.05 of each other, two sides are the same for all that matters. */
  readonly sameWithin?: number;
  /** The most that one false call of better or worse among all comparisons is risked. */
  readonly alpha?: number;
  /** As a share: what a thing came out apart from itself. No estimate within it is called different. */
  readonly noiseFloor?: number;
}

/** `same`: within `sameWithin` on either side. `cannot-tell`: neither different nor shown to be the same. */
export type ComparisonVerdict = 'better' | 'worse' | 'same' | 'cannot-tell';

export interface Judgement {
  readonly name: string;
  readonly verdict: ComparisonVerdict;
  /** How many times `a` the figure of `b` is. */
  readonly effect: Interval;
  /** Mann–Whitney, exact, for this comparison alone. */
  readonly p: number;
  /** The same after Holm, over all comparisons that were judged together. */
  readonly adjustedP: number;
  readonly sameWithin: number;
  /** As a share: an effect of this size would have been called in at least 80 % of such runs; nothing where no effect could. */
  readonly smallestEffect: number | undefined;
}

/**
 * What runs of two sides prove, for all comparisons of one report together. `same` where the whole interval lies within
 * `sameWithin`; else `better` or `worse` where Holm's p is at most `alpha`, the interval leaves out 1 and the estimate is
 * beyond the noise floor; else `cannot-tell`.
 */
export function judge(
  comparisons: readonly Comparison[],
  { sameWithin = 0.05, alpha = 0.05, noiseFloor = 0 }: JudgeOptions = {},
): readonly Judgement[] {
  const ps = comparisons.map(({ a, b }) => mannWhitney(a, b).p);
  const adjusted = holm(ps);
  return comparisons.map(({ name, better, a, b }, index) => {
    const effect = ratio(a, b, 1 - alpha);
    const adjustedP = adjusted[index] as number;
    const different =
      adjustedP <= alpha &&
      (effect.lower > 1 || effect.upper < 1) &&
      Math.abs(Math.log(effect.estimate)) > Math.log1p(noiseFloor);
    const within = effect.lower >= 1 / (1 + sameWithin) && effect.upper <= 1 + sameWithin;
    const rose = effect.estimate > 1;
    const verdict: ComparisonVerdict = within
      ? 'same'
      : different
        ? rose === (better === 'higher')
          ? 'better'
          : 'worse'
        : 'cannot-tell';
    const found = smallestEffect(a, b, { alpha: alpha / comparisons.length });
    return {
      name,
      verdict,
      effect,
      p: ps[index] as number,
      adjustedP,
      sameWithin,
      // What is smaller than these would have been called the same, or lain within the noise.
      smallestEffect: found === undefined ? undefined : Math.max(found, sameWithin, beyond(noiseFloor, a, b)),
    };
  });
}

/** The effect whose estimate lies beyond the noise floor in 80 % of runs. */
const beyond = (noiseFloor: number, a: readonly number[], b: readonly number[]): number =>
  noiseFloor === 0 ? 0 : Math.expm1(Math.log1p(noiseFloor) + normalQuantile(0.8) * standardError(a, b));
