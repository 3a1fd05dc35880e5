import { AssayError, exitCodes, messageOf } from '../model/errors.ts';
import type { Report } from '../model/report.ts';

/** What ended a scope first, where its cleaning up then went wrong as well. */
export const firstOf = (thrown: unknown): unknown =>
  thrown instanceof Error && thrown.name === 'SuppressedError'
    ? firstOf((thrown as SuppressedError).suppressed)
    : thrown;

/** What was thrown, in a line, with what to do next. */
export const told = (thrown: unknown): string =>
  thrown instanceof AssayError && thrown.next !== undefined
    ? `${thrown.message} (next: ${thrown.next})`
    : messageOf(thrown);

/** A run that is over, and what ended it early, if anything did. */
export interface Ended {
  readonly report: Report;
  readonly thrown?: unknown;
}

/** How a run ends that was ended by this. */
export function endingOf(thrown: unknown): Report['run']['ended'] {
  if (thrown === undefined) return 'completed';
  if (!(thrown instanceof AssayError)) return 'broken-off';
  if (thrown.exitCode === exitCodes.interrupted) return 'interrupted';
  return thrown.exitCode === exitCodes.failed ? 'stopped' : 'broken-off';
}
