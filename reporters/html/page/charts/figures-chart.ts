import * as Plot from '@observablehq/plot';
import type { BenchmarkFigure } from '../../../../src/model/benchmark.ts';
import { figure } from '../number.ts';
import { colourOf, symbolOf } from './sides.ts';

/** One figure of one side at one point, as it is drawn: a bar to the median, its interval, a dot for each run. */
export interface FigureRow {
  readonly point: string;
  readonly name: string;
  readonly figure: BenchmarkFigure;
}

const rowHeight = 19;

const pointsOf = (rows: readonly FigureRow[]): readonly string[] => [...new Set(rows.map(({ point }) => point))];
const namesOf = (rows: readonly FigureRow[]): readonly string[] => [...new Set(rows.map(({ name }) => name))];

export const heightOfFigures = (rows: readonly FigureRow[]): number =>
  pointsOf(rows).length * (namesOf(rows).length * rowHeight + 26) + 48;

const isVoid = (row: FigureRow): boolean => row.figure.void !== undefined;
const medianOf = ({ figure: { median, runs } }: FigureRow): number | undefined =>
  median?.estimate ?? (runs.length === 0 ? undefined : runs.reduce((sum, run) => sum + run, 0) / runs.length);
/** Where the bar and all its dots have ended. */
const endOf = (row: FigureRow): number => Math.max(medianOf(row) ?? 0, ...row.figure.runs);
const dotsOf = (rows: readonly FigureRow[]) =>
  rows.flatMap((row) => row.figure.runs.map((value) => ({ ...row, value })));

/**
 * A figure of every side at every point, each point under its name. A void one has no bar: its runs are hollow, and its name is struck
 * through.
 */
export function figuresChart(rows: readonly FigureRow[], unit: string, width: number): SVGElement | HTMLElement {
  const valid = rows.filter((row) => !isVoid(row));
  const void_ = rows.filter(isVoid);
  const points = pointsOf(rows);
  const names = namesOf(rows);
  const colour = (row: FigureRow) => colourOf(row.figure.side);
  const at = { fy: 'point', y: 'name' } as const;
  const marginLeft = Math.min(0.34 * width, 12 + 6.6 * Math.max(...names.map((name) => name.length)));
  const label = {
    ...at,
    frameAnchor: 'left',
    textAnchor: 'end',
    dx: -8,
    text: 'name',
    lineWidth: marginLeft / 12,
    textOverflow: 'ellipsis',
  } as const;
  return Plot.plot({
    width,
    height: heightOfFigures(rows),
    marginLeft,
    marginRight: 56,
    marginTop: 40,
    marginBottom: 4,
    x: { label: unit, labelArrow: 'none', axis: null, zero: true, nice: true },
    y: { domain: names, label: null, axis: null, padding: 0.12 },
    fy: { domain: points, label: null, padding: 26 / (names.length * rowHeight + 26), axis: null },
    marks: [
      Plot.gridX({ ticks: width < 480 ? 3 : 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.axisX({
        fy: points[0] as never,
        anchor: 'top',
        ticks: width < 480 ? 3 : 5,
        tickFormat: figure,
        tickSize: 0,
        dy: -14,
        color: 'var(--soft)',
        label: null,
      }),
      Plot.text(points, {
        fy: (point: string) => point,
        frameAnchor: 'top-left',
        dx: -marginLeft,
        dy: -13,
        text: (point: string) => point,
        textAnchor: 'start',
        fontWeight: 650,
      }),
      Plot.barX(valid, { ...at, x: medianOf, fill: colour, fillOpacity: 0.2 }),
      Plot.link(valid, {
        ...at,
        x1: (row: FigureRow) => row.figure.median?.lower ?? medianOf(row) ?? 0,
        x2: (row: FigureRow) => row.figure.median?.upper ?? medianOf(row) ?? 0,
        stroke: colour,
        strokeWidth: 7,
        strokeOpacity: 0.35,
        strokeLinecap: 'butt',
      }),
      Plot.tickX(valid, { ...at, x: medianOf, stroke: colour, strokeWidth: 2 }),
      Plot.dot(dotsOf(valid), {
        ...at,
        x: 'value',
        r: 2.2,
        symbol: (row: FigureRow) => symbolOf[row.figure.side],
        fill: colour,
        stroke: 'var(--ground)',
        strokeWidth: 0.5,
      }),
      Plot.dot(dotsOf(void_), {
        ...at,
        x: 'value',
        r: 2.4,
        symbol: (row: FigureRow) => symbolOf[row.figure.side],
        stroke: 'var(--faint)',
      }),
      Plot.text(valid, { ...label }),
      Plot.text(void_, { ...label, fill: 'var(--faint)', className: 'struck' }),
      Plot.text(valid, {
        ...at,
        x: endOf,
        text: (row: FigureRow) => figure(medianOf(row) ?? 0),
        textAnchor: 'start',
        dx: 8,
        fontWeight: 600,
        fill: 'var(--text)',
      } as never),
      Plot.ruleX([0], { stroke: 'var(--line-strong)' }),
    ],
    symbol: { type: 'identity' },
    color: { type: 'identity' },
  } as Plot.PlotOptions);
}
