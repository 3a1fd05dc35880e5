const parts = (version: string): readonly number[] => version.split(/[^0-9]+/, 3).map(Number);

/** Negative where `a` is older than `b`, 0 where both are the same release, positive where it is newer. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let index = 0; index < 3; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
