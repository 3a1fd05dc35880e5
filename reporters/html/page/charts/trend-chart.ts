import * as Plot from '@observablehq/plot';
import type { BenchmarkFigure } from '../../../../src/model/benchmark.ts';
import { figure } from '../number.ts';

/** A figure of one run at one point. */
export interface TrendFigure {
  readonly at: Date;
  readonly point: string;
  readonly figure: BenchmarkFigure;
}

export const trendHeight = 260;

const day = (at: Date): string => `${at.getUTCDate()} ${at.toLocaleString('en', { month: 'short', timeZone: 'UTC' })}`;

/** Days on which there were runs, no more than so many of them. */
function daysOf(figures: readonly TrendFigure[], most: number): readonly Date[] {
  const days = [...new Map(figures.map(({ at }) => [day(at), at])).values()];
  const every = Math.ceil(days.length / most);
  return days.filter((_, index) => index % every === 0);
}

/** A figure from run to run, a line for each point; a void one interrupts it. */
export function trendChart(figures: readonly TrendFigure[], unit: string, width: number): SVGElement | HTMLElement {
  const points = [...new Set(figures.map(({ point }) => point))];
  const valid = figures.filter((one) => one.figure.void === undefined && one.figure.median !== undefined);
  const value = (one: TrendFigure) => (one.figure.void === undefined ? one.figure.median?.estimate : Number.NaN);
  const last = points.flatMap((point) => valid.findLast((one) => one.point === point) ?? []);
  const shade = ({ point }: TrendFigure) => 1 - (0.6 * points.indexOf(point)) / Math.max(1, points.length - 1);
  return Plot.plot({
    width,
    height: trendHeight,
    marginLeft: 56,
    marginRight: 14 + 6.6 * Math.max(4, ...points.map((point) => point.length)),
    x: { type: 'utc', label: null, ticks: daysOf(figures, width < 480 ? 3 : 8), tickFormat: day },
    y: { label: `↑ ${unit}`, grid: true, zero: true, nice: true, ticks: 5, tickFormat: figure },
    marks: [
      Plot.line(figures, {
        x: 'at',
        y: value,
        z: 'point',
        stroke: 'var(--side-a)',
        strokeOpacity: shade,
        strokeWidth: 2,
      }),
      Plot.link(
        valid.filter((one) => one.figure.median?.lower !== undefined),
        {
          x: 'at',
          y1: (one) => one.figure.median?.lower,
          y2: (one) => one.figure.median?.upper,
          stroke: 'var(--side-a)',
          strokeWidth: 5,
          strokeOpacity: 0.3,
        },
      ),
      Plot.dot(valid, { x: 'at', y: value, r: 3, fill: 'var(--side-a)', fillOpacity: shade }),
      Plot.text(last, { x: 'at', y: value, text: 'point', dx: 10, textAnchor: 'start', fill: 'var(--text)' }),
    ],
    opacity: { type: 'identity' },
  } as Plot.PlotOptions);
}
