/** Where a function that never falls reaches `target` between `low` and `high`, as near as doubles tell. */
export function bisect(rising: (x: number) => number, target: number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (;;) {
    const middle = from + (to - from) / 2;
    if (middle <= from || middle >= to || to - from <= 1e-15 * Math.abs(middle)) return middle;
    if (rising(middle) < target) from = middle;
    else to = middle;
  }
}
