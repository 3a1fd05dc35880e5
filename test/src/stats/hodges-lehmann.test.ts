import { expect } from 'chai';
import fc from 'fast-check';
import { ratio, shift } from '../../../src/stats/hodges-lehmann.ts';
import { mannWhitney } from '../../../src/stats/mann-whitney.ts';
import { expectClose, expected } from './expected.ts';

const side = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 4, maxLength: 12 });

describe('the Hodges–Lehmann shift', () => {
  it('has the bounds at which the exact test of SciPy begins to reject', () => {
    for (const { a, b, estimate, lower, upper } of expected.shift) {
      const found = shift(a, b);
      expectClose(found.estimate, estimate);
      expectClose(found.lower, lower ?? Number.NEGATIVE_INFINITY);
      expectClose(found.upper, upper ?? Number.POSITIVE_INFINITY);
    }
  });

  it('has no bounds where so few figures could never prove a difference', () => {
    expect(shift([1, 2, 3], [11, 12, 13])).to.include({ estimate: 10, lower: -Infinity, upper: Infinity });
    expect(ratio([1, 2, 4], [10, 20, 40])).to.include({ lower: 0, upper: Infinity });
  });

  it('moves with a shift of one side, and turns around with the sides', () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: -500, max: 500 }), (a, b, by) => {
        const { estimate, lower, upper } = shift(a, b);
        const moved = b.map((figure) => figure + by);
        expect(shift(a, moved)).to.include({ estimate: estimate + by, lower: lower + by, upper: upper + by });
        expect(shift(b, a)).to.deep.include({ estimate: 0 - estimate, lower: 0 - upper, upper: 0 - lower });
      }),
    );
  });

  it('is, as a ratio, the same in any unit, and its inverse with the sides swapped', () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 1000 }), (a, b, unit) => {
        const found = ratio(a, b);
        const scaled = ratio(
          a.map((figure) => figure * unit),
          b.map((figure) => figure * unit),
        );
        for (const key of ['estimate', 'lower', 'upper'] as const) expectClose(scaled[key], found[key], 1e-9);
        expectClose(ratio(b, a).lower, 1 / found.upper, 1e-9);
      }),
    );
  });

  it('leaves out no difference only where the test does not reject, for figures that are not tied', () => {
    const distinct = fc.uniqueArray(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(distinct, (figures) => {
        const [a, b] = [figures.slice(0, 10), figures.slice(10)];
        const { lower, upper } = shift(a, b);
        expect(lower > 0 || upper < 0).to.equal(mannWhitney(a, b).p <= 0.05);
      }),
    );
  });

  it('refuses a ratio of what is not above zero', () => {
    expect(() => ratio([0, 1], [1, 2]))
      .to.throw()
      .with.property('code', 'bad-sample');
  });
});
