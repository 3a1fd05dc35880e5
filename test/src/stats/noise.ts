import { type Random, seededRandom } from '../../../src/stats/random.ts';
import { type Side, schedule } from '../../../src/stats/schedule.ts';

/** What runs scatter by: a figure's factor, drawn anew for each run. Most are spread by about 2 %. */
export const noises: Readonly<Record<string, (random: Random) => number>> = {
  normal: (random) => 1 + 0.02 * gauss(random),
  'log-normal': (random) => Math.exp(0.1 * gauss(random)),
  // Student's t with 3 degrees of freedom: now and then a run far off.
  'heavy-tailed': (random) => {
    const squares = gauss(random) ** 2 + gauss(random) ** 2 + gauss(random) ** 2;
    return Math.exp((0.02 * gauss(random)) / Math.sqrt(squares / 3));
  },
  // Nine in ten runs are quiet, one is slowed down by a neighbour.
  disturbed: (random) => (random() < 0.9 ? 1 + 0.01 * gauss(random) : 0.85 + 0.02 * gauss(random)),
};

/** A standard normal number, by Box and Muller. */
function gauss(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export interface Experiment {
  readonly noise: (random: Random) => number;
  readonly runsPerSide: number;
  readonly seed: number;
  /** What `b` is over `a` in truth. */
  readonly truth?: number;
  /** What the machine gains or loses from the first run to the last, as a share. */
  readonly drift?: number;
  readonly order?: readonly Side[];
}

/** Figures of both sides as runs in their order give them. */
export function measure({ noise, runsPerSide, seed, truth = 1, drift = 0, order }: Experiment): {
  readonly a: readonly number[];
  readonly b: readonly number[];
} {
  const random = seededRandom(seed);
  // Of another seed than the noise: or whose turn it is would have to do with how it goes.
  const turns = order ?? schedule(runsPerSide, -seed);
  const figures = turns.map((side, turn) => ({
    side,
    figure: 10_000 * (side === 'b' ? truth : 1) * (1 + (drift * turn) / turns.length) * noise(random),
  }));
  const of = (side: Side): readonly number[] => figures.filter((run) => run.side === side).map(({ figure }) => figure);
  return { a: of('a'), b: of('b') };
}
