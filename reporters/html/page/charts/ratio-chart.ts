import * as Plot from '@observablehq/plot';
import type { Benchmark } from '../../../../src/model/benchmark.ts';
import { times } from '../number.ts';
import { log } from './log-axis.ts';

export interface RatioRow {
  readonly label: string;
  readonly comparison: Benchmark['comparisons'][number];
}

export const heightOfRatios = (rows: readonly RatioRow[]): number => rows.length * 26 + 52;

const colours = {
  better: 'var(--better)',
  worse: 'var(--worse)',
  same: 'var(--soft)',
  'cannot-tell': 'var(--faint)',
} as const;
const symbols = { better: 'diamond', worse: 'diamond', same: 'square', 'cannot-tell': 'circle' } as const;
const colourOf = ({ comparison }: RatioRow) => colours[comparison.verdict];
/** Of a letter, at the size of the chart's text. */
const letterPx = 6.6;

const round = [1, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5, 3, 4, 5, 7, 10, 20, 50, 100];

/** Round ratios on either side of 1, no closer to one another than their labels are wide. */
function ticksWithin(reach: number, widthPx: number): readonly number[] {
  const px = (ratio: number) => (log(ratio) / log(reach)) * (widthPx / 2);
  const kept: number[] = [];
  for (const ratio of round) if (ratio < reach && px(ratio) - px(kept.at(-1) ?? 0.5) > 44) kept.push(ratio);
  return [...kept.slice(1).map((ratio) => 1 / ratio), ...kept];
}

/** How many times the one's figures are the other's, each with its interval, about the line at which they are the same. */
export function ratioChart(
  rows: readonly RatioRow[],
  names: { readonly a: string; readonly b: string },
  width: number,
): SVGElement | HTMLElement {
  const bounds = rows.flatMap(({ comparison: { effect } }) => [
    effect.estimate,
    effect.lower ?? effect.estimate,
    effect.upper ?? effect.estimate,
  ]);
  const usable = bounds.filter((bound) => bound > 0 && Number.isFinite(bound));
  const reach = Math.max(1.1, ...usable.map((bound) => Math.max(bound, 1 / bound))) ** 1.06;
  const narrow = width < 560;
  const longest = Math.max(...rows.map(({ label }) => label.length));
  const marginLeft = narrow ? 8 : Math.min(0.5 * width, longest * letterPx + 24);
  const within = (bound: number) => log(Math.min(reach, Math.max(1 / reach, bound)));
  return Plot.plot({
    width,
    height: heightOfRatios(rows),
    marginLeft,
    marginRight: 64,
    marginTop: 44,
    x: {
      domain: [log(1 / reach), log(reach)],
      axis: 'top',
      ticks: ticksWithin(reach, width - marginLeft - 64).map(log),
      tickFormat: (at: number) => `${Number((10 ** at).toPrecision(2))}×`,
      label: `${names.b} ÷ ${names.a}`,
      labelArrow: 'none',
      labelAnchor: 'center',
    },
    y: { domain: rows.map(({ label }) => label), axis: null, padding: 0.3 },
    marks: [
      Plot.ruleY(rows, { y: 'label', stroke: 'var(--line)' }),
      Plot.ruleX([0], { stroke: 'var(--line-strong)', strokeWidth: 1.5 }),
      Plot.link(
        rows.filter(({ comparison }) => comparison.effect.lower !== undefined),
        {
          x1: ({ comparison }) => within(comparison.effect.lower ?? 1),
          x2: ({ comparison }) => within(comparison.effect.upper ?? 1),
          y: 'label',
          stroke: colourOf,
          strokeWidth: 4,
          strokeOpacity: 0.5,
        },
      ),
      Plot.dot(rows, {
        x: ({ comparison }) => within(comparison.effect.estimate),
        y: 'label',
        r: 5,
        symbol: ({ comparison }: RatioRow) => symbols[comparison.verdict],
        fill: (row) => (row.comparison.verdict === 'cannot-tell' ? 'var(--ground)' : colourOf(row)),
        stroke: colourOf,
        strokeWidth: 1.5,
      }),
      Plot.text(rows, {
        y: 'label',
        text: 'label',
        frameAnchor: 'left',
        textAnchor: 'start',
        ...(narrow ? { dy: -11, fontSize: 10.5, fill: 'var(--soft)' } : { dx: -marginLeft }),
      }),
      Plot.text(rows, {
        y: 'label',
        frameAnchor: 'right',
        textAnchor: 'end',
        dx: 60,
        fontWeight: 650,
        text: ({ comparison }) => times(comparison.effect.estimate),
        fill: colourOf,
      }),
    ],
    symbol: { type: 'identity' },
    color: { type: 'identity' },
  } as Plot.PlotOptions);
}
