import { cell } from '../model/markdown.ts';
import { duration } from '../model/printable.ts';
import type { Report } from '../model/report.ts';
import { isKnownFailure, tally, titleOf } from '../model/summary.ts';
import { type VerdictKind, verdictKinds } from '../model/verdict.ts';

/** A CI job summary takes 1 MiB; what is beyond the rows that fit is counted. */
const limitBytes = 1024 * 1024 - 1024;

/** How many figures a run under load has, and how many of them are not to be used. */
function loadOf({ benchmark }: Report): string {
  if (benchmark === undefined) return '·';
  const figures = benchmark.scenarios.flatMap(({ points }) => points.flatMap((point) => point.figures));
  return `${figures.length} figures, ${figures.filter((figure) => figure.void !== undefined).length} void`;
}

function row(report: Report): string {
  const { controller, cluster, versions, run, checks } = report;
  const counts = tally(checks);
  const where = cluster === undefined ? 'none' : `${cluster.provider}, Kubernetes ${versions.kubernetes ?? 'unknown'}`;
  const known = checks.filter(isKnownFailure).length;
  const failed = `${counts.failed}${known > 0 ? ` (known: ${known})` : ''}`;
  const said = (kind: VerdictKind) => (kind === 'failed' ? failed : String(counts[kind]));
  const cells = verdictKinds.map((kind) => (checks.length === 0 ? '·' : said(kind)));
  const ended = `${run.ended} after ${duration(run.durationMs)}${run.problem ? `: ${run.problem.message}` : ''}`;
  return `| ${cell(titleOf(controller))} | ${cell(where)} | ${cells.join(' | ')} | ${loadOf(report)} | ${cell(ended)} |`;
}

/** Several reports as one table of Markdown, a row for each, in their order; always under 1 MiB, and says so where it was shortened. */
export function reportsSummary(reports: readonly Report[]): string {
  const lines = [
    `| controller | cluster | ${verdictKinds.join(' | ')} | under load | the run |`,
    `|---|---|${'---:|'.repeat(verdictKinds.length)}---|---|`,
  ];
  let bytes = lines.join('\n').length;
  for (const [index, report] of reports.entries()) {
    const line = row(report);
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > limitBytes) {
      lines.push('', `_Shortened: ${reports.length - index} more reports are left out._`);
      break;
    }
    lines.push(line);
  }
  return `${lines.join('\n')}\n`;
}
