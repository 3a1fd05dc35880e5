import type { ProbeOutcome } from '../model/probe.ts';
import type { Failure } from '../model/verdict.ts';
import type { Expectation } from './expectation.ts';

/** What was expected and what came, where the outcome is not what the row expects; `undefined` where it is. */
export function verdictOf(
  expectation: Expectation,
  outcome: ProbeOutcome,
): Pick<Failure, 'expected' | 'actual'> | undefined {
  if (holds(expectation, outcome)) return undefined;
  return { expected: expectedOf(expectation), actual: actualOf(expectation, outcome) };
}

/** The status a row expects: its own, or 200 where one of our back-ends must answer; `undefined` where any will do. */
const statusOf = ({ status, servedBy }: Expectation): number | undefined =>
  status ?? (servedBy === undefined || servedBy === 'nobody' ? undefined : 200);

function holds(expectation: Expectation, outcome: ProbeOutcome): boolean {
  if (outcome.kind === 'failed') return false;
  const status = statusOf(expectation);
  if (status !== undefined && outcome.status !== status) return false;
  const { servedBy, body } = expectation;
  if (servedBy !== undefined && (outcome.servedBy?.backend ?? 'nobody') !== servedBy) return false;
  return body === undefined || outcome.body.includes(body);
}

/** A row in words: `status 200 from deploy-test-1 with "Web Server 1" in its body`. */
export function expectedOf(expectation: Expectation): string {
  const { servedBy, body } = expectation;
  const status = statusOf(expectation);
  return [
    status === undefined ? 'an answer' : `status ${status}`,
    ...(servedBy === undefined ? [] : [`from ${servedBy === 'nobody' ? 'none of our back-ends' : servedBy}`]),
    ...(body === undefined ? [] : [`with ${JSON.stringify(body)} in its body`]),
  ].join(' ');
}

function actualOf({ body }: Expectation, outcome: ProbeOutcome): string {
  if (outcome.kind === 'failed') return `no answer: ${outcome.cause} (${outcome.message})`;
  const from = outcome.servedBy ? outcome.servedBy.backend : 'none of our back-ends';
  const shown = outcome.body.length > 200 ? `${outcome.body.slice(0, 200)}…` : outcome.body;
  return `status ${outcome.status} from ${from}${body === undefined ? '' : ` with the body ${JSON.stringify(shown)}`}`;
}
