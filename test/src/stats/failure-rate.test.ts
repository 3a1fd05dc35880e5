import { expect } from 'chai';
import fc from 'fast-check';
import { failureRate, failureRateText, percent } from '../../../src/stats/failure-rate.ts';
import { expectClose, expected } from './expected.ts';

const reads = (text: string): number => Number(text.replace(' %', '')) / 100;

describe('a failure rate', () => {
  it('has the exact bounds that SciPy has, from none of ten to some of a hundred million', () => {
    for (const { failures, requests, level, lower, upper } of expected.failureRate) {
      const found = failureRate(failures, requests, level);
      expectClose(found.lower, lower, 1e-6);
      expectClose(found.upper, upper, 1e-6);
    }
  });

  it('covers the truth at least as often as it says, whatever the truth', () => {
    const requests = 50;
    const bounds = Array.from({ length: requests + 1 }, (_, failures) => failureRate(failures, requests));
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (truth) => {
        let [chance, covered] = [(1 - truth) ** requests, 0];
        bounds.forEach(({ lower, upper }, failures) => {
          if (lower <= truth && truth <= upper) covered += chance;
          chance *= ((requests - failures) / (failures + 1)) * (truth / (1 - truth));
        });
        expect(covered).to.be.at.least(0.95);
      }),
    );
  });

  it('never reads 0 % or 100 %, and its bounds are rounded away from each other', () => {
    const share = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
    fc.assert(
      fc.property(share, (rate) => {
        for (const text of [percent(rate), percent(rate, 'down'), percent(rate, 'up')])
          expect(reads(text)).to.be.within(1e-12, 1 - 1e-12, text);
        expect(reads(percent(rate, 'down'))).to.be.at.most(rate + 1e-15);
        expect(reads(percent(rate, 'up'))).to.be.at.least(rate - 1e-15);
      }),
    );
  });

  it('reads as what was counted and what that proves', () => {
    expect(failureRateText(2, 1_000_000)).to.equal('2 of 1,000,000: 0.00020 % (95 % sure: 0.000024 % to 0.00073 %)');
    expect(failureRateText(0, 1_000)).to.equal('none of 1,000 (95 % sure: below 0.37 %)');
    expect(failureRateText(10, 10)).to.equal('all of 10 (95 % sure: above 69 %)');
    expect(failureRateText(999_998, 1_000_000)).to.match(/^999,998 of 1,000,000: 99\.99980 %/);
    expect(failureRateText(0, 0)).to.equal('no requests');
  });

  it('is refused where it has no meaning', () => {
    for (const [failures, requests] of [
      [0, 0],
      [2, 1],
      [-1, 3],
    ] as const)
      expect(() => failureRate(failures, requests))
        .to.throw()
        .with.property('code', 'bad-sample');
  });
});
