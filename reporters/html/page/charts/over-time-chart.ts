import * as Plot from '@observablehq/plot';
import type { BenchmarkSide } from '../../../../src/model/benchmark.ts';
import { figure } from '../number.ts';
import { log, logAxis } from './log-axis.ts';
import { colourOf } from './sides.ts';

/** One second of one run. */
export interface Second {
  readonly side: BenchmarkSide;
  readonly run: number;
  readonly second: number;
  readonly value: number;
  /** Whether the figure of its side is not to be used. */
  readonly isVoid: boolean;
}

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Every run as a thin line, and as a thick one the median of a side's runs at each second; dashed where its figure is void. */
export function overTimeChart(
  seconds: readonly Second[],
  label: string,
  width: number,
  isLog = false,
): SVGElement | HTMLElement {
  const by = new Map<string, Second[]>();
  for (const one of seconds) by.set(`${one.side} ${one.second}`, [...(by.get(`${one.side} ${one.second}`) ?? []), one]);
  const medians = [...by.values()].flatMap((some) =>
    some[0] ? [{ ...some[0], value: middle(some.map(({ value }) => value)) }] : [],
  );
  medians.sort((one, other) => one.second - other.second);
  const line = {
    x: 'second',
    y: ({ value }: Second) => (isLog ? log(value) : value),
    stroke: ({ side }: Second) => colourOf(side),
  } as const;
  return Plot.plot({
    width,
    height: 220,
    marginLeft: 52,
    x: { label: 's →', labelAnchor: 'right' },
    y: {
      label: `↑ ${label}`,
      grid: true,
      ...(isLog
        ? logAxis(
            seconds.map(({ value }) => value),
            5,
          )
        : { zero: true, nice: true, ticks: 4, tickFormat: figure }),
    },
    marks: [
      ...[false, true].flatMap((isVoid) => {
        const own = ({ isVoid: one }: Second) => one === isVoid;
        const dash = isVoid ? { strokeDasharray: '3,3' } : {};
        const run = ({ side, run }: Second) => `${side} ${run}`;
        return [
          Plot.line(seconds.filter(own), { ...line, ...dash, z: run, strokeWidth: 0.8, strokeOpacity: 0.35 }),
          Plot.line(medians.filter(own), { ...line, ...dash, z: 'side', strokeWidth: 2.2 }),
        ];
      }),
    ],
    color: { type: 'identity' },
  } as Plot.PlotOptions);
}
