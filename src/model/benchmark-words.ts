import type { Benchmark, BenchmarkFigure, BenchmarkSide } from './benchmark.ts';
import type { Report } from './report.ts';
import { titleOf } from './summary.ts';

type Comparison = Benchmark['comparisons'][number];
type Point = Benchmark['scenarios'][number]['points'][number];

/** Four digits, or whole numbers grouped by thousands: what a figure is worth. */
export function numberWords(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(Math.abs(value) >= 1 ? 4 : 3)));
}

/** A share as a percentage of two digits. */
const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;

/** What a side is called; one that is held against itself by its letter. */
export function sideTitle({ controller, benchmark }: Report, side: BenchmarkSide): string {
  if (side === 'direct') return 'no controller';
  const [first, second] = [titleOf(controller), titleOf(benchmark?.against ?? controller)];
  const told = side === 'a' ? first : second;
  return benchmark?.against !== undefined && first === second ? `${told} (${side})` : told;
}

/** The sides that were measured, in the order in which they are shown. */
export const sidesOf = ({ against }: Benchmark): readonly BenchmarkSide[] =>
  against === undefined ? ['direct', 'a'] : ['direct', 'a', 'b'];

/** A figure without its unit: the median and between which runs it lies for sure, or how the runs spread where there are too few to say. */
export function figureWords({ median, runs }: BenchmarkFigure): string {
  if (median === undefined) return 'nothing';
  const { estimate, lower, upper } = median;
  const [least, most] = [lower ?? Math.min(...runs), upper ?? Math.max(...runs)];
  return `${numberWords(estimate)} (${numberWords(least)} to ${numberWords(most)})`;
}

/** What a point is measured for, under saturation or at a rate, by the names of its figures. */
export const mainNames = (atRate: boolean): readonly string[] =>
  atRate ? ['latency p99', 'latency p99 from sending'] : ['throughput'];

/** The figure of a point that a short table shows: what it was measured for. */
export const mainFigure = (
  { figures, rateRps }: { readonly figures: Point['figures']; readonly rateRps?: number | undefined },
  side: BenchmarkSide,
): BenchmarkFigure | undefined =>
  figures.find((figure) => figure.side === side && mainNames(rateRps !== undefined).includes(figure.name));

/** A ratio with its bounds: `1.21 times (1.18 to 1.24)`. */
function effectWords({ estimate, lower, upper }: Comparison['effect']): string {
  const bounds =
    lower === undefined || upper === undefined ? 'too few runs for bounds' : `${ratio(lower)} to ${ratio(upper)}`;
  return `${ratio(estimate)} times (${bounds})`;
}

const ratio = (value: number): string => String(Number(value.toPrecision(3)));

/** p, never as zero. */
const chance = (p: number): string => (p < 0.0001 ? 'p below 0.0001' : `p ${Number(p.toPrecision(2))}`);

/** What a comparison says, in words: the verdict, the effect, and where there is none what could have been seen. */
export function comparisonWords({ verdict, effect, adjustedP, sameWithin, smallestEffect }: Comparison): string {
  switch (verdict) {
    case 'same':
      return `same within ${percent(sameWithin)}: ${effectWords(effect)}`;
    case 'cannot-tell':
      return smallestEffect === undefined
        ? `cannot tell: ${effectWords(effect)}; with so few runs no effect could have been seen`
        : `cannot tell: ${effectWords(effect)}; an effect of ${percent(smallestEffect)} would have been seen in 4 of 5 such runs`;
    default:
      return `${verdict}: ${effectWords(effect)}, ${chance(adjustedP)}`;
  }
}

/** How a side's guards fared at a point: one line, and one for each that was breached. */
export function guardWords({ runs }: Point, side: BenchmarkSide): readonly string[] {
  const own = runs.filter((run) => run.side === side);
  const names = [...new Set(own.flatMap(({ guards }) => guards.map(({ name }) => name)))];
  const breached = names.flatMap((name) => {
    const found = own.flatMap(({ guards }) => guards.filter((guard) => guard.name === name && !guard.held));
    return found[0] === undefined
      ? []
      : [`${name} breached in ${found.length} of ${own.length} runs: ${found[0].text}`];
  });
  if (own.length === 0) return ['no run came about'];
  return breached.length === 0 ? [`${names.length} guards held in ${own.length} of ${own.length} runs`] : breached;
}

/** What the runs of a point lost, all causes together, over the runs of a side. */
export function lost({ runs }: Point, side: BenchmarkSide): { readonly failed: number; readonly all: number } {
  const own = runs.filter((run) => run.side === side).map(({ result }) => result);
  const failed = own.reduce(
    (total, { failures }) => total + Object.values(failures).reduce((sum, count) => sum + (count ?? 0), 0),
    0,
  );
  return { failed, all: failed + own.reduce((total, { answered }) => total + answered, 0) };
}

/** Findings of a scenario, one line each: units at the end of a name become units of its number. */
export const findingWords = (findings: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(findings).map(([name, value]) => {
    const { words, told } = withUnit(name, value);
    return `${words}: ${told}`;
  });

const units: readonly (readonly [suffix: string, unit: string, divisor: number])[] = [
  ['Rps', 'requests/s', 1],
  ['Ms', 'ms', 1],
  ['Us', 'µs', 1],
  ['Bytes', 'MiB', 1024 * 1024],
  ['Seconds', 's', 1],
];

/** `servedAfterMs` and 12 as `served after` and `12 ms`. */
function withUnit(name: string, value: unknown): { readonly words: string; readonly told: string } {
  const [suffix = '', unit = '', divisor = 1] =
    units.find(([end]) => typeof value === 'number' && name.endsWith(end)) ?? [];
  const stem = name.slice(0, name.length - suffix.length);
  const words = stem.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  if (typeof value === 'number')
    return { words, told: `${numberWords(value / divisor)}${unit === '' ? '' : ` ${unit}`}` };
  if (typeof value !== 'object' || value === null) return { words, told: String(value) };
  const inner = Object.entries(value).map(([key, one]) => {
    const { words: what, told } = withUnit(key, one);
    return typeof one === 'object' && one !== null ? `${what} (${told})` : `${what} ${told}`;
  });
  return { words, told: inner.join(', ') };
}
