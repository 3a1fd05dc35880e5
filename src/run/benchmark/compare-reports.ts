import type { Benchmark, BenchmarkFigure } from '../../model/benchmark.ts';
import { usageError } from '../../model/errors.ts';
import type { Report } from '../../model/report.ts';
import type { JudgeOptions } from '../../stats/judge.ts';
import { comparisonsOf, type Held, isSound } from './compare.ts';
import { subjectGuards } from './guards/all.ts';

/** What two reports prove, the newer held against the older. */
export interface ReportComparison {
  /** Why what follows may be of the machines and not of the controllers; empty where the runs could be of one machine. */
  readonly machines: readonly string[];
  /** What else differs, and is no figure. */
  readonly differences: readonly string[];
  readonly comparisons: Benchmark['comparisons'];
  /** Of what the older report could be held against, what the newer has no more, or only as its controller's failure. Nothing shows that it is not worse. */
  readonly lost: readonly string[];
  /** What else was not held against each other, and why. */
  readonly leftOut: readonly string[];
}

/** Rates that are as near as this are the same load. */
const sameLoad = 0.02;

/** Holds the figures of side `a` of two reports against each other; a usage error where one has none. */
export function compareReports(older: Report, newer: Report, options: JudgeOptions = {}): ReportComparison {
  const [before, after] = [benchmarkIn(older), benchmarkIn(newer)];
  const unheld: Unheld = { lost: [], leftOut: [] };
  const held = before.scenarios.flatMap((scenario) => {
    const same = after.scenarios.find(({ id }) => id === scenario.id);
    const problem = same?.problem ?? newer.run.problem?.message;
    const none = `there is none after${problem === undefined ? '' : `: ${problem}`}`;
    if (same === undefined) {
      const isLost = scenario.points.some(hasUsable);
      unheld[isLost ? 'lost' : 'leftOut'].push(`${scenario.id}: ${none}`);
      return [];
    }
    if (same.engine !== scenario.engine) {
      unheld.leftOut.push(`${scenario.id}: ${scenario.engine} made the load before, ${same.engine} after`);
      return [];
    }
    return scenario.points.flatMap((point) => {
      const other = same.points.find(({ name }) => name === point.name);
      if (other !== undefined) return heldAt(scenario.id, point, other, unheld);
      unheld[hasUsable(point) ? 'lost' : 'leftOut'].push(`${scenario.id}, ${point.name}: ${none}`);
      return [];
    });
  });
  return {
    machines: machinesOf(older, newer),
    differences: differencesOf(older, newer, before, after),
    comparisons: comparisonsOf(held, before.seed, options),
    ...unheld,
  };
}

function benchmarkIn({ benchmark, run }: Report): Benchmark {
  if (benchmark !== undefined) return benchmark;
  throw usageError(
    'no-benchmark',
    `the report of ${run.startedAt} measured no load: it is of ${run.command.join(' ')}`,
    {
      next: 'name the report.json of ingress-assay benchmark',
    },
  );
}

type Point = Benchmark['scenarios'][number]['points'][number];

interface Unheld {
  readonly lost: string[];
  readonly leftOut: string[];
}

/** Whether another could be held against it. */
const isUsable = ({ runs, ...figure }: BenchmarkFigure): boolean =>
  figure.void === undefined && isSound({ a: runs, b: runs });

const hasUsable = ({ figures }: Point): boolean => figures.some((figure) => figure.side === 'a' && isUsable(figure));

function heldAt(scenario: string, point: Point, same: Point, { lost, leftOut }: Unheld): readonly Held[] {
  const where = `${scenario}, ${point.name}`;
  if (same.connections !== point.connections) {
    leftOut.push(`${where}: ${point.connections} connections before, ${same.connections} after`);
    return [];
  }
  const [rate, newRate] = [point.rateRps ?? 0, same.rateRps ?? 0];
  if (Math.abs(rate - newRate) > sameLoad * rate) {
    leftOut.push(`${where}: ${rate}/s were offered before, ${newRate}/s after; with --rate they are the same`);
    return [];
  }
  return point.figures
    .filter(({ side }) => side === 'a')
    .flatMap((figure) => {
      const { name, better } = figure;
      const other = same.figures.find((one) => one.side === 'a' && one.name === name);
      if (!isUsable(figure)) leftOut.push(`${where}, ${name}: before: ${figure.void ?? unsound}`);
      else if (other === undefined) lost.push(`${where}, ${name}: there is none after`);
      else if (!isUsable(other)) (isSpoilt(other) ? leftOut : lost).push(`${where}, ${name}: ${other.void ?? unsound}`);
      else return [{ scenario, point: point.name, figure: name, better, a: figure.runs, b: other.runs }];
      return [];
    });
}

const unsound = 'too few runs, or one of nothing';

/** Whether it is the instrument that voided it. */
const isSpoilt = ({ void: reason }: BenchmarkFigure): boolean =>
  reason !== undefined && ![...subjectGuards].some((guard) => reason.startsWith(`${guard} `));

/** In what the machines differ. */
function machinesOf({ environment: one }: Report, { environment: other }: Report): readonly string[] {
  const memory = Math.abs(one.memoryBytes - other.memoryBytes) > 0.02 * one.memoryBytes;
  return [
    ...(one.machine === undefined || other.machine === undefined ? [] : changed('machine', one.machine, other.machine)),
    ...changed('CPU', one.cpu, other.cpu),
    ...changed('CPUs', String(one.cores), String(other.cores)),
    ...(memory ? changed('memory', mebibytes(one.memoryBytes), mebibytes(other.memoryBytes)) : []),
    ...changed('kernel', one.kernel, other.kernel),
    ...changed('system', one.os, other.os),
  ];
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

const changed = (what: string, before: string, after: string): readonly string[] =>
  before === after ? [] : [`${what}: ${before} before, ${after} after`];

/** What else may explain a difference: versions, and how it was measured. */
function differencesOf(older: Report, newer: Report, before: Benchmark, after: Benchmark): readonly string[] {
  const names = [...new Set([...Object.keys(older.versions), ...Object.keys(newer.versions)])].sort();
  return [
    ...changed('controller', older.controller.name, newer.controller.name),
    ...changed('cluster', older.cluster?.provider ?? 'none', newer.cluster?.provider ?? 'none'),
    ...names.flatMap((name) =>
      changed(`version of ${name}`, older.versions[name] ?? 'none', newer.versions[name] ?? 'none'),
    ),
    ...changed('profile', before.profile, after.profile),
    ...changed('measured time of a run', secondsOf(before), secondsOf(after)),
    ...changed('placement', before.placement.text, after.placement.text),
  ];
}

/** How long its runs measured. */
function secondsOf({ scenarios }: Benchmark): string {
  const runs = scenarios.flatMap(({ points }) => points.flatMap((point) => point.runs));
  const seconds = runs.map(({ result }) => Number((result.durationMs / 1000).toFixed(1)));
  return `${[...new Set(seconds)].sort((one, other) => one - other).join(' or ')} s`;
}
