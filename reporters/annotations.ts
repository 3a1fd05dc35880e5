import { printable, printableLine, shortened } from '../src/model/printable.ts';
import type { CheckReport, Report } from '../src/model/report.ts';
import { defineReporter } from '../src/model/reporter.ts';
import { isKnownFailure, tally, tallyLine, titleOf } from '../src/model/summary.ts';

/** GitHub shows ten annotations of a kind for each step; the last one tells of the rest. */
const shownOfAKind = 10;
const messageLength = 2000;

type Kind = 'error' | 'warning' | 'notice';
interface Annotation {
  readonly kind: Kind;
  readonly title: string;
  readonly message: string;
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const command = ({ kind, title, message }: Annotation): string =>
  `::${kind} title=${property(printableLine(shortened(title, 200)))}::${data(printable(shortened(message, messageLength)))}\n`;

function failed({ id, title, level, verdict, requirement }: CheckReport): Annotation[] {
  if (verdict.kind !== 'failed') return [];
  const { expected, actual, curl } = verdict.failure;
  const lines = [`expected ${expected}`, `got ${actual}`, requirement.source, ...(curl === undefined ? [] : [curl])];
  return [{ kind: 'error', title: `${id} failed (${level})`, message: `${title}\n${lines.join('\n')}` }];
}

const errored = ({ id, verdict }: CheckReport): Annotation[] =>
  verdict.kind === 'errored' ? [{ kind: 'warning', title: `${id} could not be judged`, message: verdict.reason }] : [];

/** At most so many as are shown; what is left out is counted. */
function capped(annotations: readonly Annotation[], kind: Kind, what: string): readonly Annotation[] {
  if (annotations.length <= shownOfAKind) return annotations;
  const rest = annotations.length - (shownOfAKind - 1);
  return [
    ...annotations.slice(0, shownOfAKind - 1),
    { kind, title: `${rest} more checks ${what}`, message: 'They are in the report, all of them.' },
  ];
}

function brokenOff({ run }: Report): Annotation[] {
  if (run.problem === undefined) return [];
  const { code, message, next } = run.problem;
  return [{ kind: 'error', title: code, message: next === undefined ? message : `${message}\nnext: ${next}` }];
}

function summary({ controller, checks, run }: Report): Annotation {
  const known = checks.filter(isKnownFailure).map(({ id }) => id);
  const line = `${tallyLine(tally(checks))}${run.ended === 'completed' ? '' : `, ${run.ended}`}`;
  const message = known.length === 0 ? line : `${line}\nknown to fail: ${known.join(' ')}`;
  return { kind: 'notice', title: titleOf(controller), message };
}

function render(report: Report): string {
  const unexpected = report.checks.filter((check) => !isKnownFailure(check));
  const problems = brokenOff(report);
  return [
    ...capped([...problems, ...unexpected.flatMap(failed)], 'error', 'failed'),
    ...capped(report.checks.flatMap(errored), 'warning', 'could not be judged'),
    summary(report),
  ]
    .map(command)
    .join('');
}

/** Commands that GitHub's runner reads from a step's output: whoever prints them elsewhere only shows odd lines. */
export default defineReporter({
  name: 'annotations',
  summary: 'workflow commands that show failures beside a run on GitHub',
  file: 'annotations.txt',
  render,
});
