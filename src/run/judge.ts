import { inspect } from 'node:util';
import { AssertionError } from 'chai';
import type { Check, Observation } from '../kit/check.ts';
import { CheckFailed, CheckUnsupported } from '../kit/failure.ts';
import { AssayError, exitCodes, messageOf } from '../model/errors.ts';
import type { Failure, Verdict } from '../model/verdict.ts';

const show = (value: unknown): string =>
  typeof value === 'string' ? value : inspect(value, { depth: 6, breakLength: 100, maxArrayLength: 50 });

/** chai's words before its own "expected …", which say what was asserted. */
const subject = (message: string): string => /^(.*?): expected /s.exec(message)?.[1] ?? '';

interface Assertion {
  readonly message: string;
  readonly actual?: unknown;
  readonly expected?: unknown;
}

function assertionFailure(error: Assertion): Failure {
  const about = subject(error.message);
  const prefix = about === '' ? '' : `${about}: `;
  return / to (deeply )?equal /.test(error.message)
    ? { expected: `${prefix}${show(error.expected)}`, actual: show(error.actual) }
    : { expected: error.message, actual: 'actual' in error ? show(error.actual) : 'not so' };
}

/** How a claim was refuted, if that is what was thrown. */
function failureOf(thrown: unknown): Failure | undefined {
  if (thrown instanceof CheckFailed) return thrown.failure;
  return thrown instanceof AssertionError ? assertionFailure(thrown) : undefined;
}

/** Whether what a check threw says that its claim was refuted. */
export const isRefutation = (thrown: unknown): boolean => failureOf(thrown) !== undefined;

/**
 * The verdict that whatever a check threw amounts to. Only a refuted claim is a failure of the controller; an observation claims
 * nothing, and is skipped where the controller did not get as far as what was to be observed.
 */
export function verdictOfThrown(thrown: unknown, { level }: Pick<Check, 'level'>): Verdict {
  const failure = failureOf(thrown);
  if (failure !== undefined) {
    if (level !== 'observation') return { kind: 'failed', failure };
    return { kind: 'skipped', reason: `nothing to observe: expected ${failure.expected}, got ${failure.actual}` };
  }
  if (thrown instanceof CheckUnsupported) return { kind: 'unsupported', reason: thrown.message };
  if (!(thrown instanceof AssayError)) return { kind: 'errored', reason: messageOf(thrown), code: 'internal' };
  const stoppedOnPurpose = thrown.exitCode === exitCodes.interrupted || thrown.exitCode === exitCodes.failed;
  if (stoppedOnPurpose) return { kind: 'skipped', reason: thrown.message };
  const next = thrown.next === undefined ? '' : ` (next: ${thrown.next})`;
  return { kind: 'errored', reason: `${thrown.message}${next}`, code: thrown.code };
}

/** The verdict of a check whose body ended in peace. */
export function verdictOfReturned(check: Check, returned: Observation | undefined): Verdict {
  if (check.level !== 'observation') return { kind: 'passed' };
  if (returned !== undefined && check.values?.includes(returned.value)) {
    return { kind: 'observed', value: returned.value };
  }
  const declared = check.values?.join(', ') ?? 'none';
  return {
    kind: 'errored',
    code: 'observation-undeclared',
    reason: `observed ${JSON.stringify(returned?.value)}, which is none of the declared values: ${declared}`,
  };
}

/** The verdict of a check that was never tried, for the reason that ended the run; its details are told once, with the run. */
export const verdictOfUntried = (reason: unknown): Verdict => ({
  kind: 'skipped',
  reason: `not tried: ${messageOf(reason).split('\n', 1)[0]}`,
});
