import { expect } from 'chai';
import fc from 'fast-check';
import {
  decodeHistogram,
  encodeHistogram,
  mergeHistograms,
  newHistogram,
  percentilesUs,
  record,
} from '../../../src/stats/histogram.ts';
import { expected } from './expected.ts';

const holding = (values: readonly number[]) => {
  const histogram = newHistogram();
  for (const value of values) record(histogram, value);
  return histogram;
};

describe('a histogram', () => {
  it('keeps each percentile within 0.1 % of the value that it is, through its encoding', () => {
    const times = fc.array(fc.integer({ min: 0, max: 3_600_000_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(times, fc.constantFrom(50, 90, 99, 99.9, 100), (values, percentile) => {
        const ordered = [...values].sort((one, other) => one - other);
        const truth = ordered[Math.max(0, Math.ceil((percentile / 100) * values.length) - 1)] as number;
        const [found] = percentilesUs(decodeHistogram(encodeHistogram(holding(values))), [percentile]) ?? [];
        expect(found).to.be.closeTo(truth, truth * 0.001 + 0.5);
      }),
    );
  });

  it('merges into what one histogram of all would have been', () => {
    const all = fc.array(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 50 }), { maxLength: 5 });
    fc.assert(
      fc.property(all, (parts) => {
        const merged = mergeHistograms(parts.map((part) => encodeHistogram(holding(part))));
        expect(encodeHistogram(merged)).to.equal(encodeHistogram(holding(parts.flat())));
      }),
    );
  });

  it('reads what another implementation has written', () => {
    const { encoded, count, percentiles } = expected.histogram;
    const found = decodeHistogram(encoded);
    expect(found.totalCount).to.equal(count);
    const asked = percentiles.map(([percentile]) => percentile);
    expect(percentilesUs(found, asked)).to.deep.equal(percentiles.map(([, us]) => us));
    expect(percentilesUs(mergeHistograms([encoded]), asked)).to.deep.equal(percentilesUs(found, asked));
  });

  it('counts what is out of its range at its ends', () => {
    expect(percentilesUs(holding([-5]), [50])).to.deep.equal([0]);
    expect(percentilesUs(holding([1e12]), [50])?.[0]).to.be.closeTo(3.6e9, 3.6e6);
  });

  it('has no percentile where nothing was recorded', () => {
    expect(percentilesUs(decodeHistogram(encodeHistogram(newHistogram())), [50])).to.be.undefined;
  });

  it('is refused where it cannot be read', () => {
    const whole = encodeHistogram(holding([1, 10, 100]));
    for (const text of ['', 'no histogram', whole.slice(0, 20), Buffer.from('{}').toString('base64')])
      expect(() => decodeHistogram(text), text)
        .to.throw()
        .with.property('code', 'bad-histogram');
  });
});
