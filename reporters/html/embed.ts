import { gzipSync } from 'node:zlib';
import type { Report } from '../../src/model/report.ts';
import type { PageData } from './page-data.ts';

/** As JSON, gzipped, in base64: what the page unpacks. The same for the same data. */
export function packed(data: PageData): string {
  const bytes = gzipSync(JSON.stringify(data), { level: 9 });
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
export const withoutHistograms = (report: Report): Report =>
  withResults(report, ({ sendLag: _, latency: __, ...result }) => result);
