/** The p-values, in their order, adjusted so that calling those up to α risks one false call in the whole family at most α (Holm). */
export function holm(ps: readonly number[]): readonly number[] {
  const adjusted = new Array<number>(ps.length);
  let largest = 0;
  ps.map((p, index) => ({ p, index }))
    .sort((one, other) => one.p - other.p)
    .forEach(({ p, index }, rank) => {
      largest = Math.max(largest, Math.min(1, p * (ps.length - rank)));
      adjusted[index] = largest;
    });
  return adjusted;
}
