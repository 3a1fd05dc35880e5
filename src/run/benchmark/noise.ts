import type { Benchmark } from '../../model/benchmark.ts';
import { usageError } from '../../model/errors.ts';
import type { Report } from '../../model/report.ts';
import { type NoiseFloor, noiseFloor } from '../../stats/noise-floor.ts';

/** How far apart a thing came out from itself in a report of a controller against itself; a usage error where the report is none. */
export function noiseFloorOf(report: Report, file: string): NoiseFloor {
  const { benchmark, controller } = report;
  const { against } = benchmark ?? {};
  if (benchmark === undefined || against?.name !== controller.name || against.version !== controller.version)
    throw usageError('no-noise-floor', `${file} is no report of a controller held against itself`, {
      next: `ingress-assay benchmark --controller ${controller.name} --against ${controller.name}`,
    });
  const comparisons = benchmark.scenarios.flatMap(({ points }) => points.flatMap(({ figures }) => pairsIn(figures)));
  if (comparisons.length > 0) return noiseFloor(comparisons);
  throw usageError('no-noise-floor', `${file} has no figure of both sides that is not void`, {
    next: 'let it run again on a quieter machine',
  });
}

type Figures = Benchmark['scenarios'][number]['points'][number]['figures'];

const pairsIn = (figures: Figures) =>
  figures
    .filter((figure) => figure.side === 'a' && figure.void === undefined)
    .flatMap(({ name, runs: a }) => {
      const b = figures.find((other) => other.side === 'b' && other.name === name && other.void === undefined)?.runs;
      return b === undefined || [...a, ...b].some((number) => number <= 0) ? [] : [{ a, b }];
    });
