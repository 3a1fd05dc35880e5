import { expect } from 'chai';
import { pairedRatio } from '../../../src/stats/paired-ratio.ts';
import { expectClose, expected } from './expected.ts';
import { measure, noises } from './noise.ts';

const pairsOf = ({ a, b }: { readonly a: readonly number[]; readonly b: readonly number[] }) =>
  a.map((figure, index) => [figure, b[index] as number] as const);

describe('the ratio of neighbours', () => {
  it("has the bounds of SciPy's bootstrap, at the level that few pairs need, as near as drawing allows", () => {
    for (const sample of expected.pairedRatio) {
      const found = pairedRatio(pairsOf(sample), { seed: 1, resamples: 99_999 });
      expectClose(found.estimate, sample.estimate);
      const width = Math.log(sample.upper / sample.lower);
      expect(Math.log(found.lower / sample.lower) / width).to.be.closeTo(0, 0.01);
      expect(Math.log(found.upper / sample.upper) / width).to.be.closeTo(0, 0.01);
    }
  });

  it('is the same for the same seed, and drawn anew for another', () => {
    const sample = expected.pairedRatio.find(({ a }) => a.length === 20);
    const pairs = pairsOf(sample as NonNullable<typeof sample>);
    expect(pairedRatio(pairs, { seed: 7 })).to.deep.equal(pairedRatio(pairs, { seed: 7 }));
    expect(pairedRatio(pairs, { seed: 8 }).lower).to.not.equal(pairedRatio(pairs, { seed: 7 }).lower);
  });

  it('is one point where every ratio is the same', () => {
    const { lower, estimate, upper } = pairedRatio(
      [
        [1, 2],
        [10, 20],
        [4, 8],
      ],
      { seed: 1 },
    );
    for (const value of [lower, estimate, upper]) expectClose(value, 2);
  });

  it('refuses a single pair, which says nothing of its spread', () => {
    expect(() => pairedRatio([[1, 2]], { seed: 1 }))
      .to.throw()
      .with.property('code', 'bad-sample');
  });

  for (const [name, noise] of Object.entries(noises))
    it(`holds the truth in at least nine of ten schedules of ten runs a side under ${name} noise`, () => {
      const seeds = Array.from({ length: 300 }, (_, seed) => seed);
      const held = seeds.filter((seed) => {
        const sides = measure({ noise, runsPerSide: 10, seed, truth: 1.1, drift: 0.1 });
        const pairs = sides.a.map((figure, place) => [figure, sides.b[place] as number] as const);
        const { lower, upper } = pairedRatio(pairs, { seed, resamples: 999 });
        return lower <= 1.1 && 1.1 <= upper;
      });
      expect(held.length / seeds.length).to.be.at.least(0.9);
    });
});
