import type { NamedReport } from '../model/reporter.ts';

/** What tells one run from every other: two do not begin in the same millisecond on the same machine with the same command. */
const runKey = ({ report: { run, environment, controller, cluster, tool } }: NamedReport): string =>
  JSON.stringify([run.startedAt, run.command, environment, controller.name, controller.version, cluster?.name, tool]);

/** The reports of different runs, and a sentence for each that was given more than once: the one that ran longer is kept. */
export function distinct(reports: readonly NamedReport[]): {
  readonly kept: readonly NamedReport[];
  readonly told: readonly string[];
} {
  const byRun = new Map<string, NamedReport>();
  const told: string[] = [];
  for (const report of reports) {
    const key = runKey(report);
    const twin = byRun.get(key);
    if (twin === undefined) {
      byRun.set(key, report);
      continue;
    }
    const [longer, other] = report.report.run.durationMs > twin.report.run.durationMs ? [report, twin] : [twin, report];
    byRun.set(key, longer);
    told.push(`${other.file} is a report of the same run as ${longer.file}: it is counted once.`);
  }
  return { kept: [...byRun.values()], told };
}
