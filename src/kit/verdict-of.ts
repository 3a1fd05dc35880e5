import type { ProbeOutcome } from '../model/probe.ts';
import type { Failure } from '../model/verdict.ts';
import type { Expectation } from './expectation.ts';
import { requestTarget } from './head.ts';

/** What was expected and what came, where the outcome is not what the row expects; `undefined` where it is. */
export function verdictOf(
  expectation: Expectation,
  outcome: ProbeOutcome,
): Pick<Failure, 'expected' | 'actual'> | undefined {
  if (holds(expectation, outcome)) return undefined;
  return { expected: expectedOf(expectation), actual: actualOf(expectation, outcome) };
}

/** The status a row expects: its own, or 200 where one of our back-ends must answer; `undefined` where any will do. */
const statusOf = ({ status, servedBy }: Expectation): Expectation['status'] =>
  status ?? (servedBy === undefined || servedBy === 'nobody' ? undefined : 200);

const hasStatus = (wanted: Expectation['status'], status: number): boolean =>
  wanted === undefined || wanted === status || wanted === `${Math.floor(status / 100)}xx`;

function holds(expectation: Expectation, outcome: ProbeOutcome): boolean {
  if (outcome.kind === 'failed' || !hasStatus(statusOf(expectation), outcome.status)) return false;
  const { servedBy, notServedBy, receivedTarget, body } = expectation;
  const backend = outcome.servedBy?.backend;
  if (servedBy !== undefined && (backend ?? 'nobody') !== servedBy) return false;
  if (notServedBy !== undefined && backend === notServedBy) return false;
  if (receivedTarget !== undefined && requestTarget(outcome.servedBy?.head) !== receivedTarget) return false;
  return body === undefined || outcome.body.includes(body);
}

const called = (backend: string): string => (backend === 'nobody' ? 'none of our back-ends' : backend);

/** A row in words: `status 200 from deploy-test-1 with "Web Server 1" in its body`. */
export function expectedOf(expectation: Expectation): string {
  const { servedBy, notServedBy, receivedTarget, body } = expectation;
  const status = statusOf(expectation);
  return [
    status === undefined ? 'an answer' : `status ${status}`,
    ...(servedBy === undefined ? [] : [`from ${called(servedBy)}`]),
    ...(notServedBy === undefined ? [] : [`from anyone but ${notServedBy}`]),
    ...(receivedTarget === undefined ? [] : [`which was asked for ${receivedTarget}`]),
    ...(body === undefined ? [] : [`with ${JSON.stringify(body)} in its body`]),
  ].join(' ');
}

function actualOf({ receivedTarget, body }: Expectation, outcome: ProbeOutcome): string {
  if (outcome.kind === 'failed') return `no answer: ${outcome.cause} (${outcome.message})`;
  const shown = outcome.body.length > 200 ? `${outcome.body.slice(0, 200)}…` : outcome.body;
  const target = requestTarget(outcome.servedBy?.head);
  return [
    `status ${outcome.status} from ${called(outcome.servedBy?.backend ?? 'nobody')}`,
    ...(receivedTarget === undefined || target === undefined ? [] : [`which was asked for ${target}`]),
    ...(body === undefined ? [] : [`with the body ${JSON.stringify(shown)}`]),
  ].join(' ');
}
