import { expect } from 'chai';
import { capacity } from '../../../src/stats/capacity.ts';
import { knee } from '../../../src/stats/knee.ts';

describe('the knee of latency over load', () => {
  it('is where the curve of a queue turns up', () => {
    // One server of 10,000 requests a second with random arrivals (M/M/1).
    const points = [1, 2, 3, 4, 5, 6, 7, 8, 9, 9.5].map((thousands) => ({
      rateRps: thousands * 1_000,
      latencyUs: 1_000_000 / (10_000 - thousands * 1_000),
    }));
    expect(knee(points)?.rateRps).to.equal(8_000);
    expect(knee([...points].reverse())?.rateRps).to.equal(8_000);
  });

  it('is not found in a straight line, a level one, or one that falls', () => {
    const line = (slope: number) =>
      [1, 2, 3, 4, 5].map((place) => ({ rateRps: place * 100, latencyUs: 1_000 + slope * place }));
    for (const slope of [7, 0, -7]) expect(knee(line(slope))).to.be.undefined;
  });

  it('needs three points', () => {
    expect(() => knee([{ rateRps: 1, latencyUs: 1 }]))
      .to.throw()
      .with.property('code', 'bad-sample');
  });
});

describe('the capacity', () => {
  it('is the highest median, and takes the fewest connections that come near it', () => {
    const points = [
      { connections: 1, ratesRps: [900, 1_000, 1_100] },
      { connections: 16, ratesRps: [9_600, 9_700, 12_000] },
      { connections: 64, ratesRps: [9_900, 10_000, 10_100] },
      { connections: 256, ratesRps: [8_000, 9_000, 9_100] },
    ];
    expect(capacity(points)).to.deep.equal({ rateRps: 10_000, connections: 16 });
  });
});
