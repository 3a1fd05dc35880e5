import { styleText } from 'node:util';
import { levels } from '../src/model/claim.ts';
import { figuresOf } from '../src/model/figures.ts';
import { duration, printable, printableLine, shortened } from '../src/model/printable.ts';
import type { CheckReport, Report } from '../src/model/report.ts';
import { defineReporter } from '../src/model/reporter.ts';
import { bySuite, isKnownFailure, tally, tallyLine, titleOf } from '../src/model/summary.ts';
import { verdictKinds } from '../src/model/verdict.ts';
import { benchmarkLines } from './console/benchmark.ts';

const style = (format: Parameters<typeof styleText>[0], text: string) =>
  styleText(format, text, { validateStream: false });

const field = (name: string, value: string): string =>
  `     ${style('dim', name.padEnd(9))} ${printable(shortened(value, 4000)).replace(/\n/g, `\n${' '.repeat(15)}`)}`;

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`.trimEnd(),
  );
}

function verdictTable(report: Report): string[] {
  const rows = [...bySuite(report)].flatMap(([suite, checks]) =>
    levels.flatMap((level) => {
      const ofLevel = checks.filter((check) => check.level === level);
      const counts = tally(ofLevel);
      return ofLevel.length === 0
        ? []
        : [
            [
              printableLine(suite),
              level,
              ...verdictKinds.map((kind) => (counts[kind] === 0 ? '·' : String(counts[kind]))),
            ],
          ];
    }),
  );
  const [header = '', ...lines] = table([['suite', 'level', ...verdictKinds], ...rows]);
  return [style('dim', header), ...lines];
}

function failure(check: CheckReport, position: number): string[] {
  const { verdict, requirement, knownDeviation } = check;
  if (verdict.kind !== 'failed') return [];
  const { expected, actual, curl } = verdict.failure;
  return [
    '',
    `  ${style('red', `✗ ${printableLine(check.id)}`)}  ${printableLine(check.title)} ${style('dim', `(${check.level})`)}`,
    field('expected', expected),
    field('actual', actual),
    field('required', `${requirement.text}\n${requirement.source}`),
    ...(curl === undefined ? [] : [field('try', curl)]),
    ...(knownDeviation ? [field('known', `${knownDeviation.reason}\n${knownDeviation.link}`)] : []),
    field('evidence', `report.json, checks[${position}]`),
  ];
}

/** Deviations that the controller's definition lists and that did not show. */
const outlived = (report: Report): string[] =>
  report.checks.flatMap(({ id, verdict, knownDeviation }) =>
    verdict.kind === 'passed' && knownDeviation
      ? ['', `  ${style('cyan', '✓')} ${printableLine(id)} passed, though it is listed as known to fail: is it still?`]
      : [],
  );

/** Checks that share a reason are told once, with that reason; of what ended the run only the first line, as it is told below. */
function reasons(report: Report, kind: 'errored' | 'unsupported' | 'skipped'): string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, verdict } of report.checks) {
    if (verdict.kind === kind) byReason.set(verdict.reason, [...(byReason.get(verdict.reason) ?? []), id]);
  }
  const problem = report.run.problem?.message;
  const told = (reason: string) =>
    problem !== undefined && reason.startsWith(problem) ? (reason.split('\n', 1)[0] ?? '') : reason;
  const symbol = { errored: style('red', '!'), unsupported: '–', skipped: '○' }[kind];
  return [...byReason].flatMap(([reason, ids]) => [
    '',
    `  ${symbol} ${ids.length} ${kind}: ${printable(shortened(told(reason), 4000)).replace(/\n/g, '\n    ')}`,
    ...ids.map((id) => style('dim', `      ${printableLine(id)}`)),
  ]);
}

const observations = (report: Report): string[] =>
  report.checks.flatMap(({ id, verdict }) =>
    verdict.kind === 'observed'
      ? [`  ${style('cyan', '=')} ${printableLine(id)}: ${printableLine(verdict.value)}`]
      : [],
  );

const figures = (report: Report): string[] =>
  report.checks.flatMap(({ id, evidence }) => {
    const lines = figuresOf(evidence).map(({ name, text }) => `    ${printableLine(name)}: ${printableLine(text)}`);
    return lines.length === 0 ? [] : [style('dim', `  ${printableLine(id)}`), ...lines];
  });

function problem({ run }: Report): string[] {
  if (run.problem === undefined) return [];
  const { code, message, next, log } = run.problem;
  return [
    '',
    `  ${style('red', `! ${printableLine(code)}`)} ${printable(message).replace(/\n/g, '\n    ')}`,
    ...(next === undefined ? [] : [field('next', next)]),
    ...(log === undefined ? [] : [field('log', log)]),
  ];
}

/** What came of the checks, and of the load. */
function saidOf({ checks, benchmark }: Report, counts: ReturnType<typeof tally>): string {
  const points = benchmark?.scenarios.flatMap((scenario) => scenario.points) ?? [];
  const voided = points.filter(({ figures }) => figures.some((figure) => figure.void !== undefined)).length;
  const load = `load at ${points.length} points${voided > 0 ? `, ${voided} of them void in part` : ''}`;
  if (benchmark === undefined) return tallyLine(counts);
  return checks.length === 0 ? load : `${tallyLine(counts)}, ${load}`;
}

function render(report: Report): string {
  const { run, controller, cluster, versions } = report;
  const where = cluster ? ` on ${cluster.provider} (Kubernetes ${versions.kubernetes ?? 'of unknown version'})` : '';
  const ending = { completed: '', stopped: ', stopped', interrupted: ', interrupted', 'broken-off': ', broken off' }[
    run.ended
  ];
  const counts = tally(report.checks);
  const known = report.checks.filter(isKnownFailure).length;
  const good = run.ended === 'completed' && counts.errored === 0 && counts.failed === known;
  const observed = observations(report);
  const measured = figures(report);
  return [
    '',
    ...(report.checks.length === 0 && report.benchmark !== undefined ? [] : verdictTable(report)),
    ...benchmarkLines(report),
    ...(measured.length === 0 ? [] : ['', ...measured]),
    ...report.checks.flatMap(failure),
    ...outlived(report),
    ...reasons(report, 'errored'),
    ...reasons(report, 'unsupported'),
    ...reasons(report, 'skipped'),
    ...(observed.length === 0 ? [] : ['', ...observed]),
    ...problem(report),
    '',
    style(
      ['bold', good ? 'green' : 'red'],
      printableLine(
        `${titleOf(controller)}${where}: ${saidOf(report, counts)}${known > 0 ? ` (failures known: ${known})` : ''} in ${duration(run.durationMs)}${ending}`,
      ),
    ),
    '',
  ].join('\n');
}

/** Coloured; whoever prints it where colour is not wanted strips the escapes. */
export default defineReporter({
  name: 'console',
  summary: 'the table and the failures, for a terminal',
  file: 'report.txt',
  render,
});
