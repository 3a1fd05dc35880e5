/** Numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/** The same numbers for the same whole-number seed, on every machine: xoshiro128** (Blackman and Vigna), its state filled by splitmix32. */
export function seededRandom(seed: number): Random {
  let mixed = seed | 0;
  const split = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let word = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  };
  let [s0, s1, s2, s3] = [split(), split(), split(), split()];
  const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
  return () => {
    const result = Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
    const kept = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= kept;
    s3 = rotate(s3, 11);
    return result / 2 ** 32;
  };
}
