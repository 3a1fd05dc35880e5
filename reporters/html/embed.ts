import { gzipSync } from 'node:zlib';
import type { Report } from '../../src/model/report.ts';
import type { PageData } from './page-data.ts';

/** As JSON, gzipped, in base64: what the page unpacks. The same for the same data. */
export function packed(data: PageData): string {
  const bytes = gzipSync(JSON.stringify(data), { level: 6 });
  bytes[9] = 255; // the operating system that gzip names is no part of the report
  return bytes.toString('base64');
}

type Result = NonNullable<Report['benchmark']>['scenarios'][number]['points'][number]['runs'][number]['result'];

function withResults(report: Report, change: (result: Result) => Result): Report {
  const { benchmark } = report;
  if (benchmark === undefined) return report;
  const scenarios = benchmark.scenarios.map((scenario) => ({
    ...scenario,
    points: scenario.points.map((point) => ({
      ...point,
      runs: point.runs.map((run) => ({ ...run, result: change(run.result) })),
    })),
  }));
  return { ...report, benchmark: { ...benchmark, scenarios } };
}

/** The report without the histograms of single runs, which are most of a long benchmark and compress no further. */
const withoutHistograms = (report: Report): Report =>
  withResults(report, ({ sendLag: _, latency: __, ...result }) => result);

/** The report without the last exchange of each row of a table, where the check was not refuted. */
const withoutLastExchanges = (report: Report): Report => ({
  ...report,
  checks: report.checks.map((check) => {
    const { convergence, ...evidence } = check.evidence;
    if (check.verdict.kind === 'failed' || !Array.isArray(convergence)) return check;
    const rows = convergence.map((row: unknown) =>
      typeof row === 'object' && row !== null ? { ...row, lastProbe: undefined } : row,
    );
    return { ...check, evidence: { convergence: rows, ...evidence } };
  }),
});

/** What a page leaves out of the report that it holds, the least needed first, until it is small enough; and how it says so. */
export const leanings: readonly { readonly says?: string; readonly lean: (report: Report) => Report }[] = [
  { lean: (report) => report },
  { lean: withoutHistograms, says: 'Without the histograms of single runs, which are in the report.json of the run.' },
  {
    lean: (report) => withoutLastExchanges(withoutHistograms(report)),
    says: 'Without the histograms of single runs and the last exchange of what held, which are in the report.json of the run.',
  },
];
