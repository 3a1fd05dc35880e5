/** A number with three digits or whole: more than a measurement is worth. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

/** How many times one figure is another: `1.31 ×`. */
export const times = (ratio: number): string => `${ratio.toFixed(ratio < 0.1 ? 3 : 2)} ×`;

/** A share of a whole as a person reads it. */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;
