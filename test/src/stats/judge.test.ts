import { expect } from 'chai';
import fc from 'fast-check';
import { type Comparison, judge } from '../../../src/stats/judge.ts';
import { noiseFloor } from '../../../src/stats/noise-floor.ts';
import type { Side } from '../../../src/stats/schedule.ts';
import { type Experiment, measure, noises } from './noise.ts';

const runsPerSide = 10;
const normal = noises.normal as Experiment['noise'];
const compare = (experiment: Experiment, name = 'rate'): Comparison => ({
  name,
  better: 'higher',
  ...measure(experiment),
});
/** So narrow that nothing is called the same: every difference that is proven is called one. */
const strict = { sameWithin: 1e-6 };
const judgeOne = (comparison: Comparison, options = {}) =>
  judge([comparison], options)[0] as ReturnType<typeof judge>[0];
const isDifferent = ({ verdict }: { readonly verdict: string }): boolean => verdict === 'better' || verdict === 'worse';

/** The share of these seeds for which something holds. The exact tests err in 4.3 % by design, so that thousands are needed to tell it from 5 %. */
function share(trials: number, holds: (seed: number) => boolean): number {
  return Array.from({ length: trials }, (_, trial) => holds(trial + 1)).filter(Boolean).length / trials;
}

describe('the verdict on two sides', () => {
  for (const [name, noise] of Object.entries(noises))
    for (const drift of [0, 0.1]) {
      const under = drift === 0 ? `${name} noise` : `${name} noise and a machine that gains 10 % meanwhile`;
      it(`calls a thing different from itself in at most 5 % of comparisons under ${under}`, () => {
        const called = share(5_000, (seed) =>
          isDifferent(judgeOne(compare({ noise, runsPerSide, seed, drift }), strict)),
        );
        expect(called).to.be.at.most(0.05);
      });

      it(`finds in at least 80 % of runs the smallest effect that a run said it could have seen, under ${under}`, () => {
        const found = share(400, (seed) => {
          const said = judgeOne(compare({ noise, runsPerSide, seed, drift }), strict).smallestEffect ?? Number.NaN;
          const faster = seed % 2 === 0;
          const truth = faster ? 1 + said : 1 / (1 + said);
          const next = judgeOne(compare({ noise, runsPerSide, seed: seed + 100_000, drift, truth }), strict);
          return next.verdict === (faster ? 'better' : 'worse');
        });
        expect(found).to.be.at.least(0.8);
      });
    }

  it('needs ABBA: with all runs of one side first, a machine that drifts makes a thing differ from itself', () => {
    const order: readonly Side[] = [...Array<Side>(10).fill('a'), ...Array<Side>(10).fill('b')];
    const called = share(100, (seed) =>
      isDifferent(judgeOne(compare({ noise: normal, runsPerSide, seed, drift: 0.1, order }), strict)),
    );
    expect(called).to.be.at.least(0.8);
  });

  it('calls one false difference among many figures in at most 5 % of reports', () => {
    const called = share(6_000, (seed) => {
      const figures = [1, 2, 3, 4, 5].map((figure) =>
        compare({ noise: normal, runsPerSide, seed: seed * 10 + figure }, `figure ${figure}`),
      );
      return judge(figures, strict).some(isDifferent);
    });
    expect(called).to.be.at.most(0.05);
  });

  it('says of one figure among many what it could have seen there: more than it would have to be alone', () => {
    const report = (seed: number, truth: number) => {
      const others = [2, 3, 4, 5].map((figure) => compare({ noise: normal, runsPerSide, seed: seed * 10 + figure }));
      return judge([compare({ noise: normal, runsPerSide, seed: seed * 10 + 1, truth }), ...others], strict)[0];
    };
    const found = share(200, (seed) => {
      const said = report(seed, 1)?.smallestEffect ?? Number.NaN;
      return report(seed + 100_000, 1 + said)?.verdict === 'better';
    });
    expect(found).to.be.at.least(0.8);
  });

  it('says the same only of sides that are: rarely where the truth lies at the edge, mostly where it is 1', () => {
    const same = (truth: number): number =>
      share(
        400,
        (seed) =>
          judgeOne(compare({ noise: normal, runsPerSide, seed, truth }), { sameWithin: 0.05 }).verdict === 'same',
      );
    expect(same(1.05)).to.be.at.most(0.05);
    expect(same(1)).to.be.at.least(0.8);
  });

  it('cannot tell where the noise hides whether it matters, and says what it could have seen', () => {
    const noisy = noises['log-normal'] as Experiment['noise'];
    const found = judgeOne(compare({ noise: noisy, runsPerSide, seed: 1 }));
    expect(found.verdict).to.equal('cannot-tell');
    expect(found.smallestEffect).to.be.within(0.1, 0.3);
  });

  it('could have seen nothing with so few runs that none would ever prove it', () => {
    const found = judgeOne({ name: 'rate', better: 'higher', a: [1, 1.1, 1.2], b: [9, 9.1, 9.2] });
    expect(found).to.include({ verdict: 'cannot-tell', smallestEffect: undefined });
  });

  it('calls nothing different that lies within the noise floor of A/A runs', () => {
    const pair = compare({ noise: normal, runsPerSide, seed: 3, truth: 1.08 });
    expect(judgeOne(pair).verdict).to.equal('better');
    const floor = noiseFloor([
      { a: [100, 101, 102], b: [110, 111, 112] },
      { a: [100, 101, 102], b: [99, 100, 101] },
    ]);
    expect(floor.comparisons).to.equal(2);
    expect(floor.share).to.be.closeTo(0.099, 0.001);
    const within = judgeOne(pair, { noiseFloor: floor.share });
    expect(within.verdict).to.equal('cannot-tell');
    expect(within.smallestEffect).to.be.above(floor.share);
  });

  it('turns around with the sides and with what is better, and is the same in any unit', () => {
    const trial = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      truth: fc.double({ min: 0.8, max: 1.25, noNaN: true }),
      unit: fc.integer({ min: 1, max: 1000 }),
    });
    const opposite = { better: 'worse', worse: 'better', same: 'same', 'cannot-tell': 'cannot-tell' } as const;
    fc.assert(
      fc.property(trial, ({ seed, truth, unit }) => {
        const pair = compare({ noise: normal, runsPerSide: 8, seed, truth });
        const { verdict } = judgeOne(pair);
        const scaled = (side: readonly number[]) => side.map((figure) => figure * unit);
        expect(judgeOne({ ...pair, a: pair.b, b: pair.a }).verdict).to.equal(opposite[verdict]);
        expect(judgeOne({ ...pair, better: 'lower' }).verdict).to.equal(opposite[verdict]);
        expect(judgeOne({ ...pair, a: scaled(pair.a), b: scaled(pair.b) }).verdict).to.equal(verdict);
      }),
    );
  });
});
