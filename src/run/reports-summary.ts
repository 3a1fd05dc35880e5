import { cell } from '../model/markdown.ts';
import { duration } from '../model/printable.ts';
import type { Report } from '../model/report.ts';
import { isKnownFailure, tally, titleOf } from '../model/summary.ts';
import { verdictKinds } from '../model/verdict.ts';

/** A CI job summary takes 1 MiB; what is beyond the rows that fit is counted. */
const limitBytes = 1024 * 1024 - 1024;

function row(report: Report): string {
  const { controller, cluster, versions, run, checks } = report;
  const counts = tally(checks);
  const where = cluster === undefined ? 'none' : `${cluster.provider}, Kubernetes ${versions.kubernetes ?? 'unknown'}`;
  const known = checks.filter(isKnownFailure).length;
  const failed = `${counts.failed}${known > 0 ? ` (known: ${known})` : ''}`;
  const cells = verdictKinds.map((kind) => (kind === 'failed' ? failed : String(counts[kind])));
  const ended = `${run.ended} after ${duration(run.durationMs)}${run.problem ? `: ${run.problem.message}` : ''}`;
  return `| ${cell(titleOf(controller))} | ${cell(where)} | ${cells.join(' | ')} | ${cell(ended)} |`;
}

/** Several reports as one table of Markdown, a row for each, in their order; always under 1 MiB, and says so where it was shortened. */
export function reportsSummary(reports: readonly Report[]): string {
  const lines = [
    `| controller | cluster | ${verdictKinds.join(' | ')} | the run |`,
    `|---|---|${'---:|'.repeat(verdictKinds.length)}---|`,
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
