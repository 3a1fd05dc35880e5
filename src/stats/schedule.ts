import { usageError } from '../model/errors.ts';
import { seededRandom } from './random.ts';

export type Side = 'a' | 'b';

/**
 * Whose turn each run is: blocks of ABBA or BAAB drawn from the seed, so that what drifts in a straight line weighs on
 * both sides alike. An odd number of runs a side ends in AB or BA.
 */
export function schedule(runsPerSide: number, seed: number): readonly Side[] {
  const random = seededRandom(seed);
  const turns: Side[] = [];
  while (turns.length < 2 * runsPerSide) {
    const [first, second]: readonly [Side, Side] = random() < 0.5 ? ['a', 'b'] : ['b', 'a'];
    turns.push(first, second, second, first);
    if (turns.length > 2 * runsPerSide) turns.length = 2 * runsPerSide;
  }
  return turns;
}

/** The figures of runs in their order, each run of `a` with the neighbour of `b` that ran beside it; throws `bad-sample` where one is missing. */
export function neighbours(
  turns: readonly Side[],
  figures: readonly number[],
): readonly (readonly [a: number, b: number])[] {
  return Array.from({ length: Math.ceil(turns.length / 2) }, (_, index) => {
    const [one, other] = [figures[2 * index], figures[2 * index + 1]];
    if (one === undefined || other === undefined || turns[2 * index] === turns[2 * index + 1])
      throw usageError('bad-sample', `run ${2 * index + 1} has no neighbour of the other side`);
    return turns[2 * index] === 'a' ? [one, other] : [other, one];
  });
}
