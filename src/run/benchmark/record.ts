import { isBelieved } from '../../model/believed.ts';
import type { Benchmark, BenchmarkSide } from '../../model/benchmark.ts';
import type { Profile, Scenario, ScenarioPoint } from '../../model/scenario.ts';
import type { JudgeOptions } from '../../stats/judge.ts';
import { median } from '../../stats/sample.ts';
import { comparisonsOf, type Held } from './compare.ts';
import { figureOfRun, figuresOf, type GuardedRun, voidReason } from './figures.ts';
import { guardsOf } from './guards/all.ts';
import { type MeasuredRun, rateOf } from './measured-run.ts';

/** What was measured at one point so far, in the order of the runs. */
export interface PointRecord {
  readonly point: ScenarioPoint;
  readonly rateRps?: number | undefined;
  /** What the back-ends were measured to answer directly at most; of a point with a rate, whose own runs cannot tell. */
  readonly directRps?: number | undefined;
  readonly runs: MeasuredRun[];
}

/** What was measured of one scenario so far. */
export interface ScenarioRecord {
  readonly scenario: Scenario;
  readonly points: PointRecord[];
  readonly findings: Record<string, unknown>;
  problem?: string;
}

/** All that a benchmark knows of itself; enough for its part of a report at any moment. */
export interface BenchmarkRecord {
  readonly profile: Profile;
  readonly seed: number;
  readonly runsPerSide: number;
  readonly scenarios: ScenarioRecord[];
  readonly judgeOptions: JudgeOptions;
  against?: Benchmark['against'];
  placement?: Benchmark['placement'];
  conditions?: readonly string[];
  noiseFloor?: Benchmark['noiseFloor'];
}

/** The runs of a point, each with what its guards found. */
export function guarded({ rateRps, directRps: most, runs }: PointRecord): readonly GuardedRun[] {
  const direct = runs.filter(({ side }) => side === 'direct').map(rateOf);
  const directRps = rateRps !== undefined ? most : direct.length === 0 ? undefined : median(direct);
  return runs.map((run) => ({ run, guards: guardsOf(run, { directRps }) }));
}

/** The runs of one side that its figures at a point are made of; none where these are void. */
export function usableRuns(record: PointRecord, side: BenchmarkSide): readonly MeasuredRun[] {
  const own = guarded(record).filter(({ run }) => run.side === side);
  return voidReason(own) === undefined ? own.filter(isBelieved).map(({ run }) => run) : [];
}

/** The benchmark's part of the report; without what its runs prove where that is not worth the time yet. */
export function benchmarkOf(record: BenchmarkRecord, { compared = true } = {}): Benchmark {
  const { profile, seed, runsPerSide, against, placement, conditions, noiseFloor } = record;
  return {
    profile,
    seed,
    runsPerSide,
    ...(against !== undefined && { against }),
    placement: placement ?? { pinned: false, text: 'nothing was placed' },
    ...(conditions !== undefined && { conditions }),
    ...(noiseFloor !== undefined && { noiseFloor }),
    scenarios: record.scenarios.map(({ scenario, points, findings, problem }) => ({
      id: scenario.id,
      title: scenario.title,
      engine: scenario.engine,
      points: points.map(pointOf),
      ...(problem !== undefined && { problem }),
      findings,
    })),
    comparisons: compared ? comparisonsOf(record.scenarios.flatMap(heldIn), seed, record.judgeOptions) : [],
  };
}

function pointOf(record: PointRecord): Benchmark['scenarios'][number]['points'][number] {
  const runs = guarded(record);
  return {
    name: record.point.name,
    connections: record.point.connections,
    ...(record.rateRps !== undefined && { rateRps: record.rateRps }),
    runs: runs.map(({ run, guards }) => ({
      side: run.side,
      startedAt: new Date(run.startedAtMs).toISOString(),
      result: run.result,
      ...resourcesOf(run),
      guards,
    })),
    figures: figuresOf(runs),
  };
}

/** What the side's pods used while the run was measured, at the rate seen within it. */
function resourcesOf({ used, result }: MeasuredRun) {
  if (used?.sideCpus === undefined) return {};
  return {
    resources: {
      cpuSeconds: (used.sideCpus * result.durationMs) / 1000,
      ...(used.sidePeakBytes !== undefined && { peakMemoryBytes: used.sidePeakBytes }),
    },
  };
}

/** What of a scenario can be held against each other: figures of both sides that are not void. */
function heldIn({ scenario, points }: ScenarioRecord): readonly Held[] {
  return points.flatMap((record) => {
    const runs = guarded(record);
    const figures = figuresOf(runs).filter((figure) => figure.void === undefined);
    return figures
      .filter(({ side }) => side === 'a')
      .flatMap(({ name, better, runs: a }) => {
        const b = figures.find((figure) => figure.side === 'b' && figure.name === name)?.runs;
        if (b === undefined) return [];
        return [
          { scenario: scenario.id, point: record.point.name, figure: name, better, a, b, pairs: pairsOf(name, runs) },
        ];
      });
  });
}

/** Runs that were neighbours in their block, both of them believed. */
function pairsOf(name: string, runs: readonly GuardedRun[]): readonly (readonly [number, number])[] {
  const turns = runs.filter(({ run }) => run.side !== 'direct');
  return Array.from({ length: Math.floor(turns.length / 2) }, (_, index) =>
    turns.slice(2 * index, 2 * index + 2),
  ).flatMap((pair) => {
    const [a, b] = ['a', 'b'].map((side) => pair.find(({ run }) => run.side === side));
    if (a === undefined || b === undefined || !isBelieved(a) || !isBelieved(b)) return [];
    const [before, after] = [figureOfRun(name, a.run), figureOfRun(name, b.run)];
    return before === undefined || after === undefined ? [] : [[before, after] as const];
  });
}
