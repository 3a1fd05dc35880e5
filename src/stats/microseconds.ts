import { deflateSync } from 'node:zlib';

// An HDR histogram without a package, for programs that are shipped as source: whole microseconds up to an hour, three digits, in the
// buckets of src/stats/histogram.ts, which reads what `encodeCounts` writes.

const mostUs = 3_600_000_000;
/** Up to here each microsecond has a bucket of its own; from here on each doubling has half as many, twice as wide. */
const finest = 2048;
const half = finest / 2;

/** In which bucket a time is counted; below zero in that of zero, above an hour in that of an hour. */
export function bucketOf(us: number): number {
  const whole = us <= 0 ? 0 : us >= mostUs ? mostUs : Math.round(us) >>> 0;
  if (whole < finest) return whole;
  const doublings = 21 - Math.clz32(whole);
  return doublings * half + (whole >>> doublings);
}

/** The longest time that is counted in a bucket. */
function longestOf(bucket: number): number {
  if (bucket < finest) return bucket;
  const doublings = Math.floor(bucket / half) - 1;
  return (bucket - doublings * half + 1) * 2 ** doublings - 1;
}

export const bucketCount = bucketOf(mostUs) + 1;

/** How many times fell into each bucket: none yet. */
export const newCounts = (): Float64Array => new Float64Array(bucketCount);

/** Whole microseconds that this percentile of the times stays at or below; nothing where none was counted. */
export function percentileOf(counts: ArrayLike<number>, percentile: number): number | undefined {
  let total = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) total += counts[bucket] as number;
  const wanted = Math.max(1, Math.ceil((percentile / 100) * total - 1e-9 * total));
  let seen = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    seen += counts[bucket] as number;
    if (seen >= wanted) return longestOf(bucket);
  }
  return undefined;
}

/** The counts as an HDR histogram: V2, compressed, in base64. */
export function encodeCounts(counts: Float64Array): string {
  const words = zigZagged(counts);
  const head = Buffer.alloc(40);
  head.writeInt32BE(0x1c849313, 0);
  head.writeInt32BE(words.length, 4);
  head.writeInt32BE(0, 8); // no normalizing offset
  head.writeInt32BE(3, 12); // significant digits
  head.writeBigInt64BE(1n, 16);
  head.writeBigInt64BE(BigInt(mostUs), 24);
  head.writeDoubleBE(1, 32);
  const packed = deflateSync(Buffer.concat([head, Buffer.from(words)]));
  const cover = Buffer.alloc(8);
  cover.writeInt32BE(0x1c849314, 0);
  cover.writeInt32BE(packed.length, 4);
  return Buffer.concat([cover, packed]).toString('base64');
}

/** Counts as they stand, runs of empty buckets as minus their length; each doubled to hold its sign, in sevens of bits. */
function zigZagged(counts: Float64Array): readonly number[] {
  const bytes: number[] = [];
  const put = (word: number) => {
    let rest = word;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
  };
  const last = counts.findLastIndex((count) => count > 0);
  for (let bucket = 0; bucket <= last; ) {
    const count = counts[bucket] as number;
    if (count > 0) {
      put(2 * count);
      bucket += 1;
      continue;
    }
    const start = bucket;
    while (counts[bucket] === 0) bucket += 1;
    put(2 * (bucket - start) - 1);
  }
  return bytes;
}
