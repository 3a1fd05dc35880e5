import type { Benchmark } from '../../model/benchmark.ts';
import { usageError } from '../../model/errors.ts';
import type { Report } from '../../model/report.ts';
import type { JudgeOptions } from '../../stats/judge.ts';
import { comparisonsOf, type Held } from './compare.ts';

/** What two reports prove, the newer held against the older. */
export interface ReportComparison {
  /** Why what follows may be of the machines and not of the controllers; empty where the runs could be of one machine. */
  readonly machines: readonly string[];
  /** What else differs, and is no figure. */
  readonly differences: readonly string[];
  readonly comparisons: Benchmark['comparisons'];
  /** What was not held against each other, and why. */
  readonly leftOut: readonly string[];
}

/** Rates that are as near as this are the same load. */
const sameLoad = 0.02;

/** Holds the figures of side `a` of two reports against each other; a usage error where one has none. */
export function compareReports(older: Report, newer: Report, options: JudgeOptions = {}): ReportComparison {
  const [before, after] = [older, newer].map(benchmarkIn);
  const leftOut: string[] = [];
  const held = (before as Benchmark).scenarios.flatMap((scenario) => {
    const same = after?.scenarios.find(({ id }) => id === scenario.id);
    if (same === undefined) return [];
    if (same.engine !== scenario.engine) {
      leftOut.push(`${scenario.id}: ${scenario.engine} made the load before, ${same.engine} after`);
      return [];
    }
    return scenario.points.flatMap((point) => heldAt(scenario.id, point, same.points, leftOut));
  });
  return {
    machines: machinesOf(older, newer),
    differences: differencesOf(older, newer, before as Benchmark, after as Benchmark),
    comparisons: comparisonsOf(held, (before as Benchmark).seed, options),
    leftOut,
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

function heldAt(scenario: string, point: Point, points: readonly Point[], leftOut: string[]): readonly Held[] {
  const same = points.find(({ name }) => name === point.name);
  if (same === undefined) return [];
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
      const other = same.figures.find(({ side, name }) => side === 'a' && name === figure.name);
      const reason = other === undefined ? 'there is none after' : (figure.void ?? other.void);
      if (other === undefined || reason !== undefined) {
        leftOut.push(`${where}, ${figure.name}: ${figure.void === undefined ? '' : 'before: '}${reason}`);
        return [];
      }
      return [
        { scenario, point: point.name, figure: figure.name, better: figure.better, a: figure.runs, b: other.runs },
      ];
    });
}

/** In what the machines differ. */
function machinesOf({ environment: one }: Report, { environment: other }: Report): readonly string[] {
  const memory = Math.abs(one.memoryBytes - other.memoryBytes) > 0.02 * one.memoryBytes;
  return [
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
    ...changed('placement', before.placement.text, after.placement.text),
  ];
}
