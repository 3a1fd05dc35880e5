import { type ExitCode, exitCodes } from './errors.ts';
import type { CheckReport, Report } from './report.ts';
import { type VerdictKind, verdictKinds } from './verdict.ts';

/** How many verdicts of each kind. */
export type Tally = Readonly<Record<VerdictKind, number>>;

/** Counts the verdicts of some checks. */
export function tally(checks: readonly CheckReport[]): Tally {
  const counts = Object.fromEntries(verdictKinds.map((kind) => [kind, 0])) as Record<VerdictKind, number>;
  for (const { verdict } of checks) counts[verdict.kind] += 1;
  return counts;
}

/** `1 failed, 12 passed`: the kinds that occur, in the order of `verdictKinds`. */
export function tallyLine(counts: Tally): string {
  const parts = verdictKinds.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${kind}`);
  return parts.join(', ') || 'no checks';
}

/** The suite a check belongs to: what its id begins with. */
export const suiteOf = (id: string): string => id.split('/', 1)[0] ?? id;

/** The checks of a report by suite, both in the report's order. */
export const bySuite = (report: Report): ReadonlyMap<string, readonly CheckReport[]> => {
  const suites = new Map<string, CheckReport[]>();
  for (const check of report.checks) {
    const suite = suiteOf(check.id);
    const before = suites.get(suite);
    if (before === undefined) suites.set(suite, [check]);
    else before.push(check);
  }
  return suites;
};

/** A failure that the controller's definition lists, with its reason: it is shown as any other, and surprises nobody. */
export const isKnownFailure = ({ verdict, knownDeviation }: CheckReport): boolean =>
  verdict.kind === 'failed' && knownDeviation !== undefined;

/**
 * What a run that ended with this report returns: interrupted, then environment, then failed checks, then passed. Known failures count
 * as passed.
 */
export function exitCodeOf(report: Report): ExitCode {
  const counts = tally(report.checks);
  if (report.run.ended === 'interrupted') return exitCodes.interrupted;
  if (report.run.ended === 'broken-off' || counts.errored > 0) return exitCodes.environment;
  return counts.failed > report.checks.filter(isKnownFailure).length ? exitCodes.failed : exitCodes.passed;
}

/** What may be experimental, with the mark that says so. */
export const marked = (what: string, { experimental }: { readonly experimental?: true | undefined }): string =>
  `${what}${experimental ? ' (experimental: no recorded run)' : ''}`;

/** A controller with its version, and that no run of it is recorded, where none is. */
export const titleOf = (controller: Pick<Report['controller'], 'title' | 'version' | 'experimental'>): string =>
  marked(`${controller.title} ${controller.version}`, controller);
