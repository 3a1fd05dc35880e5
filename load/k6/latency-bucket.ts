// The script keeps a counter for each bucket, since k6 hands over percentiles of its own but no histogram that could be added to
// another's: 1 µs wide up to 128 µs, then 64 to each doubling, so that the middle is within 0.8 % of all that a bucket holds.

const exact = 128;
const perDoubling = 64;
const doublings = 19;

/** How many there are. The last begins at 66 s and holds all that took longer. */
export const bucketCount = exact + doublings * perDoubling;

/** The bucket of a time in microseconds. */
export function bucketOf(us: number): number {
  if (us < exact) return Math.max(0, Math.floor(us));
  const doubling = Math.floor(Math.log2(us)) - 6;
  const bucket = exact + (doubling - 1) * perDoubling + (Math.floor(us / 2 ** doubling) - perDoubling);
  return Math.min(bucketCount - 1, bucket);
}

/** The middle of a bucket, in microseconds. */
export function middleOf(bucket: number): number {
  if (bucket < exact) return bucket;
  const doubling = Math.floor((bucket - exact) / perDoubling) + 1;
  return (((bucket - exact) % perDoubling) + perDoubling + 0.5) * 2 ** doubling;
}
