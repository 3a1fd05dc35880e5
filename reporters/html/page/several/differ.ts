import { levels } from '../../../../src/model/claim.ts';
import type { CheckReport } from '../../../../src/model/report.ts';
import { suiteOf } from '../../../../src/model/summary.ts';
import type { Member, Setting } from '../../page-data.ts';

/** One check over all members, in their order; `undefined` where a report has no such check. */
export interface CheckRow {
  readonly id: string;
  readonly suite: string;
  readonly title: string;
  readonly level: CheckReport['level'];
  readonly cells: readonly (CheckReport | undefined)[];
  readonly differs: boolean;
}

export const membersOf = (settings: readonly Setting[]): readonly Member[] =>
  settings.flatMap(({ members }) => members);

/** The settings with only those reports in which anything was checked: a run under load is no column of a table of checks. */
export const withChecks = (settings: readonly Setting[]): readonly Setting[] =>
  settings
    .map((setting) => ({ ...setting, members: setting.members.filter(({ report }) => report.checks.length > 0) }))
    .filter(({ members }) => members.length > 0);

/** What a reader compares: a known failure is a failure, and an observation differs by its value. */
const answerOf = (check: CheckReport): string =>
  check.verdict.kind === 'observed' ? `observed ${check.verdict.value}` : check.verdict.kind;

/** Only what was tried says anything: a check that was skipped, or that could not be judged, differs from nothing. */
const saysSomething = ({ verdict }: CheckReport): boolean =>
  ['passed', 'failed', 'observed', 'unsupported'].includes(verdict.kind);

/** Every check of any member, those of the API's own words first, each level in order of name. */
export function checkRows(members: readonly Member[]): readonly CheckRow[] {
  const byId = members.map(({ report }) => new Map(report.checks.map((check) => [check.id, check])));
  const first = new Map<string, CheckReport>();
  for (const { report } of members)
    for (const check of report.checks) if (!first.has(check.id)) first.set(check.id, check);
  const rows = [...first.values()].map(({ id, title, level }): CheckRow => {
    const cells = byId.map((checks) => checks.get(id));
    const answers = new Set(cells.flatMap((cell) => (cell && saysSomething(cell) ? [answerOf(cell)] : [])));
    return { id, suite: suiteOf(id), title, level, cells, differs: answers.size > 1 };
  });
  return rows.sort(
    (one, other) => levels.indexOf(one.level) - levels.indexOf(other.level) || (one.id < other.id ? -1 : 1),
  );
}
