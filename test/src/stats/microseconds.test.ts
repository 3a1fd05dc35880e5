import { expect } from 'chai';
import fc from 'fast-check';
import { decodeHistogram, newHistogram, percentilesUs, record } from '../../../src/stats/histogram.ts';
import { bucketCount, bucketOf, encodeCounts, newCounts, percentileOf } from '../../../src/stats/microseconds.ts';

const hourUs = 3_600_000_000;
const percentiles = [0.1, 1, 50, 90, 99, 99.9, 100];

/** Counted by ours and by the package. */
function both(times: readonly number[]) {
  const counts = newCounts();
  const histogram = newHistogram();
  for (const us of times) {
    const bucket = bucketOf(us);
    counts[bucket] = (counts[bucket] as number) + 1;
    record(histogram, us);
  }
  return { counts, histogram };
}

/** Times of every size. */
const times = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -5, max: 9_999_999 }))
  .map(([zeros, us]) => (us * 10 ** zeros) / 1000);

describe('counts of microseconds', () => {
  it('are read back as the histogram that the package would have made of the times', () => {
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 300 }), (list) => {
        const { counts, histogram } = both(list);
        const decoded = decodeHistogram(encodeCounts(counts));
        expect(decoded.totalCount).to.equal(list.length);
        expect(percentilesUs(decoded, percentiles)).to.deep.equal(percentilesUs(histogram, percentiles));
      }),
    );
  });

  it('have the percentiles of the package', () => {
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 300 }), (list) => {
        const { counts, histogram } = both(list);
        const own = percentiles.map((percentile) => percentileOf(counts, percentile));
        expect(own).to.deep.equal(percentilesUs(histogram, percentiles));
      }),
    );
  });

  it('hold counts beyond 32 bits', () => {
    const counts = newCounts();
    counts[bucketOf(700)] = 2 ** 40 + 1;
    expect(decodeHistogram(encodeCounts(counts)).totalCount).to.equal(2 ** 40 + 1);
  });

  it('take what is below zero for zero and what is over an hour for an hour', () => {
    expect([bucketOf(-1), bucketOf(0.4)]).to.deep.equal([0, 0]);
    expect([bucketOf(hourUs), bucketOf(1e12)]).to.deep.equal([bucketCount - 1, bucketCount - 1]);
  });

  it('have no percentile of nothing', () => {
    expect(percentileOf(newCounts(), 50)).to.equal(undefined);
    expect(decodeHistogram(encodeCounts(newCounts())).totalCount).to.equal(0);
  });
});
