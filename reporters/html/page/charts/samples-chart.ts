import * as Plot from '@observablehq/plot';
import { figure } from '../number.ts';
import { manyDots, scattered } from './many-dots.ts';

/** Times of one kind, every one of them. */
export interface SampleGroup {
  readonly name: string;
  readonly ms: readonly number[];
}

export const heightOfSamples = (groups: readonly SampleGroup[]): number => groups.length * 64 + 48;

/** The middle value, or that of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return (at(Math.ceil(sorted.length / 2) - 1) + at(Math.floor(sorted.length / 2))) / 2;
}

/** Distributions with every sample as a dot, and the median of each. */
export function samplesChart(groups: readonly SampleGroup[], unit: string, width: number): SVGElement | HTMLElement {
  const narrow = width < 480;
  const samples = groups.flatMap(({ name, ms }) => ms.map((value, index) => ({ name, value, index })));
  const medians = groups.filter(({ ms }) => ms.length > 0).map(({ name, ms }) => ({ name, value: medianOf(ms) }));
  const dots = manyDots(
    ({ x, y }) =>
      samples.map(({ name, value, index }) => {
        const height = y?.bandwidth?.() ?? 40;
        return [x?.(value) ?? 0, (y?.(name) ?? 0) + height * (0.62 + 0.62 * scattered(index))] as const;
      }),
    'var(--side-a)',
    samples.length,
  );
  return Plot.plot({
    width,
    height: heightOfSamples(groups),
    marginLeft: narrow ? 16 : 180,
    marginRight: narrow ? 16 : 40,
    marginTop: 8,
    marginBottom: 38,
    x: {
      label: `${unit} →`,
      labelAnchor: 'right',
      grid: true,
      ticks: narrow ? 4 : 8,
      tickFormat: figure,
      zero: true,
      nice: true,
      domain: [0, Math.max(1, ...samples.map(({ value }) => value))],
    },
    y: {
      type: 'band',
      domain: groups.map(({ name }) => name),
      label: null,
      axis: narrow ? null : 'left',
      tickSize: 0,
      padding: 0.15,
    },
    marks: [
      Plot.ruleX([0], { stroke: 'var(--line-strong)' }),
      dots as unknown as Plot.Markish,
      Plot.tickX(medians, { x: 'value', y: 'name', stroke: 'var(--text)', strokeWidth: 2, insetTop: 14 }),
      Plot.text(medians, {
        x: 'value',
        y: 'name',
        text: ({ value }) => `median ${figure(value)}`,
        dy: -20,
        fontWeight: 600,
      }),
      ...(narrow
        ? [
            Plot.text(groups, {
              y: 'name',
              text: 'name',
              frameAnchor: 'right',
              textAnchor: 'end',
              dy: -20,
              fill: 'var(--soft)',
            }),
          ]
        : []),
    ],
  });
}
