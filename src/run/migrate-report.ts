import { reportSchemaVersion } from '../model/report.ts';

/** A report as some version wrote it. */
export interface ReportOfSomeVersion extends Readonly<Record<string, unknown>> {
  readonly version: number;
}

/** Version 2 added what a benchmark measured and the controller's log beside a failure. An older run had neither. */
const fromVersion1 = (report: ReportOfSomeVersion): ReportOfSomeVersion => ({ ...report, version: 2 });

/** For each older version, the step to the next. A pure function that leaves its argument alone. */
const steps: Readonly<Record<number, (report: ReportOfSomeVersion) => ReportOfSomeVersion>> = { 1: fromVersion1 };

/** The versions that can be brought up to this one, oldest first. */
export const olderVersions: readonly number[] = Object.keys(steps).map(Number);

/** The report as this version would have written it, or `undefined` for a version that no step leads from. */
export function migrated(report: ReportOfSomeVersion): ReportOfSomeVersion | undefined {
  if (report.version === reportSchemaVersion) return report;
  const next = steps[report.version]?.(report);
  return next === undefined ? undefined : migrated(next);
}
