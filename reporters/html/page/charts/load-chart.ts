import * as Plot from '@observablehq/plot';
import type { BenchmarkFigure } from '../../../../src/model/benchmark.ts';
import { figure } from '../number.ts';
import { log, logAxis } from './log-axis.ts';
import { colourOf, symbolOf } from './sides.ts';

/** A figure at an amount of load: connections, or requests a second. */
export interface LoadFigure {
  readonly load: number;
  readonly name: string;
  readonly figure: BenchmarkFigure;
}

/** A load that means something: capacity, or the knee. */
export interface LoadMark {
  readonly load: number;
  readonly text: string;
}

const known = ({ figure: { median, void: reason } }: LoadFigure): boolean =>
  median !== undefined && reason === undefined;

/** What becomes of a figure as load grows: medians joined, every run a dot. */
export function loadChart(
  figures: readonly LoadFigure[],
  options: {
    readonly x: string;
    readonly y: string;
    readonly xLog: boolean;
    readonly yLog: boolean;
    readonly marks: readonly LoadMark[];
  },
  width: number,
): SVGElement | HTMLElement {
  const medians = figures.filter(known).sort((one, other) => one.load - other.load);
  const runs = figures.filter(known).flatMap((one) => one.figure.runs.map((value) => ({ ...one, value })));
  const loads = [...new Set(figures.map(({ load }) => load))];
  const stroke = (one: LoadFigure) => colourOf(one.figure.side);
  const x = ({ load }: { readonly load: number }) => (options.xLog ? log(load) : load);
  const y = (value: number) => (options.yLog ? log(value) : value);
  const narrow = width < 440;
  const byLoad = marksByLoad(options.marks);
  const places = [...medians, ...byLoad].map(x);
  const middle = ((options.xLog ? Math.min(...places) : 0) + Math.max(...places)) / 2;
  /** A mark's words stand on the side where there is room for them. */
  const before = (mark: LoadMark): boolean => x(mark) > middle;
  return Plot.plot({
    width,
    height: 280,
    marginLeft: 56,
    marginRight: 20,
    marginTop: 28 + 14 * Math.max(0, byLoad.length - 1),
    x: {
      label: `${options.x} →`,
      labelAnchor: 'right',
      ...(options.xLog
        ? { ticks: loads.map(log), tickFormat: (at: number) => figure(10 ** at) }
        : { zero: true, ticks: narrow ? 3 : 6, tickFormat: figure }),
    },
    y: {
      label: `↑ ${options.y}`,
      grid: true,
      ...(options.yLog
        ? logAxis(runs.map(({ value }) => value))
        : { zero: true, nice: true, ticks: 5, tickFormat: figure }),
    },
    marks: [
      Plot.ruleX(byLoad, { x, stroke: 'var(--line-strong)', strokeDasharray: '4,3' }),
      Plot.line(medians, { x, y: (one) => y(one.figure.median?.estimate ?? 0), z: 'name', stroke, strokeWidth: 2 }),
      Plot.link(
        medians.filter((one) => one.figure.median?.lower !== undefined),
        {
          x,
          y1: (one) => y(one.figure.median?.lower ?? 0),
          y2: (one) => y(one.figure.median?.upper ?? 0),
          stroke,
          strokeWidth: 5,
          strokeOpacity: 0.35,
        },
      ),
      Plot.dot(runs, {
        x,
        y: ({ value }) => y(value),
        r: 2.2,
        symbol: (one: LoadFigure) => symbolOf[one.figure.side],
        fill: stroke,
        fillOpacity: 0.8,
      }),
      // Over the lines: one that is flat may lie there.
      ...byLoad.map((mark, index) =>
        Plot.text([mark], {
          x,
          text: 'text',
          frameAnchor: 'top',
          textAnchor: before(mark) ? 'end' : 'start',
          dx: before(mark) ? -5 : 5,
          dy: -14 * index,
          fill: 'var(--soft)',
          stroke: 'var(--ground)',
          strokeWidth: 4,
        }),
      ),
    ],
    color: { type: 'identity' },
    symbol: { type: 'identity' },
  } as Plot.PlotOptions);
}

/** Marks of one load are one mark: `capacity of Traefik and of ingress-nginx`. */
const marksByLoad = (marks: readonly LoadMark[]): readonly LoadMark[] =>
  [...new Set(marks.map(({ load }) => load))].map((load) => {
    const [first = '', ...more] = marks.filter((mark) => mark.load === load).map(({ text }) => text);
    return { load, text: [first, ...more.map((text) => text.replace(/^\w+ (?=of )/, 'and '))].join(' ') };
  });
