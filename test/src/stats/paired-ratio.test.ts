import { expect } from 'chai';
import { pairedRatio } from '../../../src/stats/paired-ratio.ts';
import { expectClose, expected } from './expected.ts';

const pairsOf = ({ a, b }: { readonly a: readonly number[]; readonly b: readonly number[] }) =>
  a.map((figure, index) => [figure, b[index] as number] as const);

describe('the ratio of neighbours', () => {
  it('has the bounds of the BCa bootstrap of SciPy, as near as drawing allows', () => {
    for (const sample of expected.pairedRatio) {
      const found = pairedRatio(pairsOf(sample), { seed: 1, resamples: 99_999 });
      expectClose(found.estimate, sample.estimate);
      const width = Math.log(sample.upper / sample.lower);
      // Five ratios have but 126 different means: a bound is one of them, and the next is this far away.
      const step = sample.a.length === 5 ? 0.03 : 0.01;
      expect(Math.log(found.lower / sample.lower) / width).to.be.closeTo(0, step);
      expect(Math.log(found.upper / sample.upper) / width).to.be.closeTo(0, step);
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
});
