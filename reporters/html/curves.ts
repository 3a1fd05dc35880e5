import { runsOf } from '../../src/model/believed.ts';
import { benchmarkSides } from '../../src/model/benchmark.ts';
import { mainFigure } from '../../src/model/benchmark-words.ts';
import type { Report } from '../../src/model/report.ts';
import { mergeHistograms, percentilesUs } from '../../src/stats/histogram.ts';
import type { Curve, Curves } from './page-data.ts';

type Point = NonNullable<Report['benchmark']>['scenarios'][number]['points'][number];
type Run = Point['runs'][number];
type Figure = Point['figures'][number];

/** Percentiles that are drawn, evenly spaced on an axis of nines: eight to each nine. */
const percentiles = Array.from({ length: 42 }, (_, step) => 100 * (1 - 10 ** (-step / 8)));
const named = [50, 75, 90, 95, 99, 99.9, 99.99, 99.999];

/** The curve whose percentiles are the figures of this one. */
function curveOf(figure: Figure, runs: readonly Run[]): Curve | undefined {
  const { side, void: reason } = figure;
  const used = runsOf(figure, runs).filter(({ result }) => result.latency !== undefined);
  const [first] = used;
  if (first?.result.latency === undefined) return undefined;
  const histogram = mergeHistograms(used.flatMap(({ result }) => result.latency?.histogram ?? []));
  const count = histogram.totalCount;
  // No value of `count` can stand for a percentile beyond 1 − 1/count.
  const most = 100 * (1 - 1 / Math.max(2, count));
  const wanted = [...new Set([...percentiles, ...named])]
    .filter((one) => one <= most)
    .sort((one, other) => one - other);
  const us = percentilesUs(histogram, wanted);
  if (us === undefined) return undefined;
  return {
    side,
    since: first.result.latency.since,
    count,
    points: wanted.map((percentile, index) => [Number(percentile.toFixed(5)), us[index] ?? 0] as const),
    ...(reason !== undefined && { void: reason }),
  };
}

/** Latency by percentile of each side of each point at a rate, from the histograms of its runs; a histogram that cannot be read is left out. */
export function curvesOf({ benchmark }: Report): Curves {
  const curves: Record<string, Record<string, readonly Curve[]>> = {};
  for (const { id, points } of benchmark?.scenarios ?? []) {
    for (const point of points.filter(({ rateRps }) => rateRps !== undefined)) {
      const found = benchmarkSides.flatMap((side) => {
        const latency = mainFigure(point, side);
        try {
          return (latency && curveOf(latency, point.runs)) ?? [];
        } catch {
          return [];
        }
      });
      if (found.length > 0) curves[id] = { ...curves[id], [point.name]: found };
    }
  }
  return curves;
}
