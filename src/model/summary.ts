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

/** Which failures make a run fail, each more than the one before: of the spec level, of any level, those too that are known. */
export const failOnChoices = ['spec', 'convention', 'known'] as const;
export type FailOn = (typeof failOnChoices)[number];

const countsFor = {
  spec: (check: CheckReport) => check.level === 'spec' && !isKnownFailure(check),
  convention: (check: CheckReport) => !isKnownFailure(check),
  known: () => true,
} as const satisfies Record<FailOn, (failure: CheckReport) => boolean>;

/**
 * What a run that ended with this report returns: interrupted, then environment, then failed checks, then passed. Known failures count
 * as passed unless `failOn` says otherwise.
 */
export function exitCodeOf(report: Report, failOn: FailOn = 'convention'): ExitCode {
  if (report.run.ended === 'interrupted') return exitCodes.interrupted;
  if (report.run.ended === 'broken-off' || tally(report.checks).errored > 0) return exitCodes.environment;
  const failed = report.checks.filter(({ verdict }) => verdict.kind === 'failed');
  return failed.some(countsFor[failOn]) ? exitCodes.failed : exitCodes.passed;
}

/** What may be experimental, with the mark that says so. */
export const marked = (what: string, { experimental }: { readonly experimental?: true | undefined }): string =>
  `${what}${experimental ? ' (experimental: no recorded run)' : ''}`;

/** A controller with its version, and that no run of it is recorded, where none is. */
export const titleOf = (controller: Pick<Report['controller'], 'title' | 'version' | 'experimental'>): string =>
  marked(`${controller.title} ${controller.version}`, controller);
