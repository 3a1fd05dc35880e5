import type { Benchmark } from '../../model/benchmark.ts';
import type { Interval } from '../../stats/interval.ts';
import { type JudgeOptions, judge } from '../../stats/judge.ts';
import { pairedRatio } from '../../stats/paired-ratio.ts';
import { fewestRuns } from './profiles.ts';

/** One figure of two sides. */
export interface Held {
  readonly scenario: string;
  readonly point: string;
  readonly figure: string;
  readonly better: 'higher' | 'lower';
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Neighbouring runs, where there are such. */
  readonly pairs?: readonly (readonly [a: number, b: number])[];
}

/** Whether the runs of two sides can be held against each other at all. */
export const isSound = ({ a, b }: Pick<Held, 'a' | 'b'>): boolean =>
  Math.min(a.length, b.length) >= fewestRuns && [...a, ...b].every((figure) => figure > 0);

/** What they prove, judged together. What is zero somewhere, or too few, is left out. */
export function comparisonsOf(
  held: readonly Held[],
  seed: number,
  options: JudgeOptions = {},
): Benchmark['comparisons'] {
  const sound = held.filter(isSound);
  const judged = judge(
    sound.map(({ scenario, point, figure, better, a, b }) => ({
      name: `${scenario} ${point} ${figure}`,
      better,
      a,
      b,
    })),
    options,
  );
  return judged.map(({ verdict, effect, p, adjustedP, sameWithin, smallestEffect }, index) => {
    const { scenario, point, figure, pairs = [] } = sound[index] as Held;
    return {
      scenario,
      point,
      figure,
      verdict,
      effect: bounded(effect),
      ...(pairs.length > 1 && { paired: bounded(pairedRatio(pairs, { seed })) }),
      p,
      adjustedP,
      sameWithin,
      ...(smallestEffect !== undefined && { smallestEffect }),
    };
  });
}

/** Without bounds that are none: JSON has no infinity. */
const bounded = ({ estimate, lower, upper, level }: Interval) => ({
  estimate,
  ...(lower > 0 && Number.isFinite(upper) && { lower, upper }),
  level,
});
