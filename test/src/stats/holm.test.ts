import { expect } from 'chai';
import fc from 'fast-check';
import { holm } from '../../../src/stats/holm.ts';
import { expectClose, expected } from './expected.ts';

describe('Holm', () => {
  it('adjusts as its definition says, in whatever order the values come', () => {
    for (const { ps, adjusted } of expected.holm)
      holm(ps).forEach((p, index) => {
        expectClose(p, adjusted[index] as number);
      });
  });

  it('lies between each value and Bonferroni, and keeps their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (ps) => {
        const adjusted = holm(ps);
        ps.forEach((p, index) => {
          expect(adjusted[index]).to.be.within(p, Math.min(1, p * ps.length));
          ps.forEach((other, place) => {
            if (other < p) expect(adjusted[place]).to.be.at.most(adjusted[index] as number);
          });
        });
      }),
    );
  });
});
