import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';
import { environmentError } from '../model/errors.ts';

/** An hour. What took longer counts as an hour. */
const mostUs = 3_600_000_000;

/** An empty HDR histogram of whole microseconds up to an hour, within 0.1 % of each value, in about 200 KiB whatever it holds. */
export const newHistogram = (): Histogram =>
  build({
    bitBucketSize: 64,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: mostUs,
    numberOfSignificantValueDigits: 3,
  });

/** Counts one time; below zero it counts as zero. */
export function record(histogram: Histogram, us: number): void {
  histogram.recordValue(Math.min(mostUs, Math.max(0, Math.round(us))));
}

/** The histogram as HDR V2, compressed, in base64. */
export const encodeHistogram = (histogram: Histogram): string => encodeIntoCompressedBase64(histogram);

/** A histogram from HDR V2, compressed, in base64, whoever wrote it; throws `bad-histogram` where it is none. */
export function decodeHistogram(base64: string): Histogram {
  try {
    return decodeFromCompressedBase64(base64, 64);
  } catch (cause) {
    throw environmentError('bad-histogram', 'a histogram cannot be read: it is not HDR V2, compressed, in base64', {
      cause,
      next: 'see whether the file that holds it is whole',
    });
  }
}

/** All that these encoded histograms hold, in one. */
export function mergeHistograms(encoded: readonly string[]): Histogram {
  const all = newHistogram();
  for (const one of encoded) all.add(decodeHistogram(one));
  return all;
}

/** Whole microseconds that each of these percentiles (50, 99, 99.9) of the values stays at or below; nothing where nothing was recorded. */
export const percentilesUs = (histogram: Histogram, percentiles: readonly number[]): readonly number[] | undefined =>
  histogram.totalCount === 0 ? undefined : percentiles.map((percentile) => histogram.getValueAtPercentile(percentile));
