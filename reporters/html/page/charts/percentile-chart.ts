import * as Plot from '@observablehq/plot';
import type { Curve } from '../../page-data.ts';
import { figure } from '../number.ts';
import { log, logAxis } from './log-axis.ts';
import { colourOf } from './sides.ts';

/** Percentiles spaced by nines: 90, 99 and 99.9 are equally far from one another. */
export const nines = (percentile: number): number => -Math.log10(Math.max(1e-7, 1 - percentile / 100));
const percentileAt = (at: number): number => 100 * (1 - 10 ** -at);
const ticks = [0, 50, 90, 99, 99.9, 99.99, 99.999];

export interface NamedCurve {
  readonly name: string;
  readonly curve: Curve;
}

/** Latency by percentile, both axes so that the tail is as long as it is rare. */
export function percentileChart(curves: readonly NamedCurve[], width: number): SVGElement | HTMLElement {
  const points = curves.flatMap(({ name, curve }) =>
    curve.points.map(([percentile, us]) => ({
      name,
      side: curve.side,
      percentile,
      ms: Math.max(us, 1) / 1000,
      isVoid: curve.void !== undefined,
    })),
  );
  const most = Math.max(...points.map(({ percentile }) => nines(percentile)));
  const dash = (isVoid: boolean) => points.filter((point) => point.isVoid === isVoid);
  const line = {
    x: (point: (typeof points)[number]) => nines(point.percentile),
    y: (point: (typeof points)[number]) => log(point.ms),
    z: 'name',
    stroke: (point: (typeof points)[number]) => colourOf(point.side),
  } as const;
  return Plot.plot({
    width,
    height: 300,
    marginLeft: 48,
    marginRight: 16,
    x: {
      domain: [0, most],
      ticks: ticks.map(nines).filter((tick) => tick <= most + 0.01),
      tickFormat: (at: number) => `${Number(percentileAt(at).toPrecision(6))}`,
      label: 'percentile →',
      labelAnchor: 'right',
    },
    y: { ...logAxis(points.map(({ ms }) => ms)), grid: true, label: '↑ ms' },
    marks: [
      Plot.ruleX(
        ticks.map(nines).filter((tick) => tick <= most + 0.01),
        { stroke: 'var(--line)' },
      ),
      Plot.line(dash(false), { ...line, strokeWidth: 2 }),
      Plot.line(dash(true), { ...line, strokeWidth: 1, strokeDasharray: '3,3' }),
      Plot.tip(
        points,
        Plot.pointer({
          x: line.x,
          y: line.y,
          title: (point) => `${point.name}\np${Number(point.percentile.toPrecision(6))}: ${figure(point.ms)} ms`,
          fill: 'var(--ground)',
          stroke: 'var(--line-strong)',
        }),
      ),
    ],
    color: { type: 'identity' },
  } as Plot.PlotOptions);
}
