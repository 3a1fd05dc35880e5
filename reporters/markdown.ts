import { figuresOf } from '../src/model/figures.ts';
import { block, cell, html } from '../src/model/markdown.ts';
import { duration, printableLine, shortened } from '../src/model/printable.ts';
import type { CheckReport, Report } from '../src/model/report.ts';
import { defineReporter } from '../src/model/reporter.ts';
import { bySuite, tally, tallyLine, titleOf } from '../src/model/summary.ts';
import { type VerdictKind, verdictKinds } from '../src/model/verdict.ts';
import { benchmarkPieces } from './markdown/benchmark.ts';

/** What a CI job summary takes is 1 MiB; the rest is room for the closing note. */
const limitBytes = 1024 * 1024 - 1024;

const symbols: Readonly<Record<VerdictKind, string>> = {
  passed: '✅',
  failed: '❌',
  errored: '⚠️',
  unsupported: '➖',
  skipped: '⏭️',
  observed: '👁️',
};

const link = (url: string): string => (/^https?:\/\/[^\s<>()|]+$/.test(url) ? `<${url}>` : cell(url));

function remark({ verdict, knownDeviation }: CheckReport): string {
  const known = knownDeviation ? ` (known: ${cell(knownDeviation.reason)})` : '';
  switch (verdict.kind) {
    case 'failed':
      return `got ${cell(verdict.failure.actual)}${known}`;
    case 'observed':
      return cell(verdict.value);
    case 'passed':
      return knownDeviation ? 'listed as known to fail' : '';
    default:
      return cell(verdict.reason);
  }
}

const row = (check: CheckReport): string =>
  `| ${symbols[check.verdict.kind]} ${check.verdict.kind} | ${cell(check.id)} | ${cell(check.title)} | ${check.level} | ${duration(check.durationMs)} | ${remark(check)} |`;

function fold(check: CheckReport): string[] {
  const { verdict, requirement, controllerLog } = check;
  if (verdict.kind !== 'failed') return [];
  const { expected, actual, curl } = verdict.failure;
  const shown = [
    `expected: ${expected}`,
    `actual:   ${actual}`,
    ...(curl === undefined ? [] : ['', curl]),
    ...(controllerLog === undefined ? [] : ['', 'the controller logged:', ...controllerLog]),
  ];
  return [
    [
      `<details><summary>❌ ${html(printableLine(shortened(`${check.id}: ${check.title}`, 300)))}</summary>`,
      '',
      `${cell(requirement.text)} ${link(requirement.source)}`,
      '',
      block(shown.join('\n')),
      '',
      '</details>',
      '',
    ].join('\n'),
  ];
}

function* pieces(report: Report): Generator<string> {
  const { run, controller, cluster, environment, versions } = report;
  const onlyLoad = report.benchmark !== undefined && report.checks.length === 0;
  yield `# ${cell(titleOf(controller))}: ${onlyLoad ? 'under load' : tallyLine(tally(report.checks))}\n`;
  const where = cluster ? ` on a ${cluster.provider} cluster of ${cluster.nodes.length} node(s)` : '';
  yield cell(`Run of ${run.startedAt}${where}, ${run.ended} after ${duration(run.durationMs)}.`);
  if (run.problem)
    yield `\n> **${cell(run.problem.code)}**: ${cell(run.problem.message)} ${cell(run.problem.next ?? '')}`;
  yield* benchmarkPieces(report);
  if (!onlyLoad) yield `\n| suite | ${verdictKinds.join(' | ')} |\n|---|${'---:|'.repeat(verdictKinds.length)}`;
  for (const [suite, checks] of bySuite(report)) {
    const counts = tally(checks);
    yield `| ${cell(suite)} | ${verdictKinds.map((kind) => counts[kind]).join(' | ')} |`;
  }
  yield '';
  yield* report.checks.flatMap(fold);
  for (const [suite, checks] of bySuite(report)) {
    yield `\n## ${cell(suite)}\n\n| verdict | check | claim | level | time | |\n|---|---|---|---|---:|---|`;
    yield* checks.map(row);
  }
  const figures = report.checks.flatMap(({ id, evidence }) =>
    figuresOf(evidence).map(({ name, text }) => `| ${cell(id)} | ${cell(name)} | ${cell(text)} |`),
  );
  if (figures.length > 0) yield '\n## Figures\n\n| check | of what | |\n|---|---|---|';
  yield* figures;
  // In one piece: a fold that is cut short would swallow what comes after it.
  yield [
    '\n<details><summary>Environment</summary>\n\n| what | version |\n|---|---|',
    ...Object.entries(versions).map(([name, version]) => `| ${cell(name)} | ${cell(version)} |`),
    `\n${cell(`${environment.os}, ${environment.cores} × ${environment.cpu}`)}\n\n</details>`,
  ].join('\n');
}

function render(report: Report): string {
  const lines: string[] = [];
  let bytes = 0;
  for (const piece of pieces(report)) {
    bytes += Buffer.byteLength(piece) + 1;
    if (bytes > limitBytes) return [...lines, '', '_Shortened: everything is in report.json._', ''].join('\n');
    lines.push(piece);
  }
  return [...lines, ''].join('\n');
}

export default defineReporter({
  name: 'markdown',
  summary: 'Markdown, as a CI job summary shows it; always under 1 MiB',
  file: 'report.md',
  render,
});
