import { expect } from 'chai';
import fc from 'fast-check';
import { mannWhitney } from '../../../src/stats/mann-whitney.ts';
import { expectClose, expected } from './expected.ts';

const side = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 });

describe('Mann–Whitney', () => {
  it('agrees with SciPy where nothing is tied', () => {
    for (const { a, b, u, p } of expected.mannWhitney) {
      expect(mannWhitney(a, b)).to.include({ u, method: 'exact' });
      expectClose(mannWhitney(a, b).p, p);
    }
  });

  it('agrees with all permutations of tied figures, counted one by one', () => {
    for (const { a, b, u, p } of expected.tied) {
      expect(mannWhitney(a, b).u).to.equal(u);
      expectClose(mannWhitney(a, b).p, p);
    }
  });

  it('agrees with the approximation of SciPy beyond 30 figures a side, and says that it is one', () => {
    for (const { a, b, u, p } of expected.large) {
      expect(mannWhitney(a, b)).to.include({ u, method: 'normal' });
      expectClose(mannWhitney(a, b).p, p);
    }
  });

  it('gives the same p for sides swapped, and for figures on any scale that keeps their order', () => {
    fc.assert(
      fc.property(side, side, (a, b) => {
        const { u, p } = mannWhitney(a, b);
        const swapped = mannWhitney(b, a);
        expect(swapped.u).to.equal(a.length * b.length - u);
        expectClose(swapped.p, p);
        expect(mannWhitney(a.map(Math.log), b.map(Math.log))).to.deep.equal({ u, p, method: 'exact' });
      }),
    );
  });

  it('finds nothing between equal figures', () => {
    expect(mannWhitney([3, 3, 3], [3, 3]).p).to.equal(1);
    expect(mannWhitney(Array(40).fill(3), Array(40).fill(3)).p).to.equal(1);
  });

  it('refuses a side without figures, and what is no figure', () => {
    expect(() => mannWhitney([], [1]))
      .to.throw()
      .with.property('code', 'bad-sample');
    expect(() => mannWhitney([1], [Number.NaN]))
      .to.throw()
      .with.property('code', 'bad-sample');
  });
});
