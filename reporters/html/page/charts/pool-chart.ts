import * as Plot from '@observablehq/plot';
import { figure } from '../number.ts';

/** A pod's life in a pool, on the clock of the change. Times in ms after the API's answer. */
export interface PodLane {
  readonly pod: string;
  readonly readyMs?: number;
  /** From when to when the controller listed it. */
  readonly listed: readonly (readonly [fromMs: number, toMs: number])[];
  /** Answers of each step. */
  readonly answers: readonly (readonly [fromMs: number, toMs: number, count: number])[];
}

export const heightOfPool = (lanes: readonly PodLane[]): number => lanes.length * 46 + 52;

/** For each pod, above what the controller lists, below who really answered. */
export function poolChart(lanes: readonly PodLane[], width: number): SVGElement | HTMLElement {
  const narrow = width < 560;
  const listed = lanes.flatMap(({ pod, listed: spans }) => spans.map(([from, to]) => ({ pod, from, to })));
  const answers = lanes.flatMap(({ pod, answers: steps }) =>
    steps.map(([from, to, count]) => ({ pod, from, to, count })),
  );
  const most = Math.max(1, ...answers.map(({ count }) => count));
  const ready = lanes.filter(({ readyMs }) => readyMs !== undefined);
  return Plot.plot({
    width,
    height: heightOfPool(lanes),
    marginLeft: narrow ? 10 : 210,
    marginRight: 16,
    marginTop: 12,
    marginBottom: 36,
    x: {
      label: 'ms after the API’s answer →',
      labelAnchor: 'right',
      ticks: narrow ? 4 : 9,
      tickFormat: figure,
      grid: true,
    },
    y: {
      type: 'band',
      domain: lanes.map(({ pod }) => pod),
      label: null,
      axis: narrow ? null : 'left',
      tickSize: 0,
      padding: 0.22,
    },
    marks: [
      Plot.barX(listed, { x1: 'from', x2: 'to', y: 'pod', fill: 'var(--side-b)', insetBottom: 22, insetTop: 4, rx: 2 }),
      Plot.barX(
        answers.filter(({ count }) => count > 0),
        {
          x1: 'from',
          x2: 'to',
          y: 'pod',
          fill: 'var(--side-a)',
          fillOpacity: ({ count }) => 0.25 + (0.75 * count) / most,
          insetTop: 18,
          insetBottom: 2,
        },
      ),
      Plot.ruleX([0], { stroke: 'var(--line-strong)', strokeDasharray: '4,3' }),
      Plot.tickX(ready, { x: 'readyMs', y: 'pod', stroke: 'var(--text)', strokeWidth: 2 }),
      Plot.text(ready, {
        x: 'readyMs',
        y: 'pod',
        text: () => 'Ready',
        dx: -4,
        dy: -14,
        textAnchor: 'end',
        fontSize: 10,
        fill: 'var(--soft)',
      }),
      ...(narrow
        ? [
            Plot.text(lanes, {
              y: 'pod',
              text: 'pod',
              frameAnchor: 'left',
              textAnchor: 'start',
              dy: -22,
              fontSize: 10,
              fill: 'var(--soft)',
            }),
          ]
        : []),
    ],
    opacity: { type: 'identity' },
  } as Plot.PlotOptions);
}
