import { environmentError } from '../model/errors.ts';
import { CheckFailed } from './failure.ts';
import { type Summary, summaryOf } from './latency.ts';
import type { Sample } from './stream.ts';

/** What went wrong in a stream, counted by cause: no answer, a status other than 200, an answer from elsewhere. Empty where nothing did. */
export function faultsOf(samples: readonly Sample[], backends: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { outcome } of samples) {
    const fault = faultOf(outcome, backends);
    if (fault !== undefined) counts[fault] = (counts[fault] ?? 0) + 1;
  }
  return counts;
}

function faultOf(outcome: Sample['outcome'], backends: readonly string[]): string | undefined {
  if (outcome.kind === 'failed') return outcome.cause;
  if (outcome.status !== 200) return `status ${outcome.status}`;
  return backends.includes(outcome.backend ?? '') ? undefined : `wrong back-end ${outcome.backend ?? '(unsigned)'}`;
}

/** What makes a stream's figures worth reading, and how far. */
export interface StreamGuard {
  readonly requests: number;
  /** Between intended send times. */
  readonly spacingMs: number;
  /** How late requests left. */
  readonly sendLagMs: Summary | undefined;
  /** `held` where nine requests of ten left within one spacing; else why the figures are void. */
  readonly guard: string;
}

/** Judges whether a stream was sent as intended: a figure taken from one that was not says more of the machine than of the controller. */
export function guardOf(samples: readonly Sample[], spacingMs: number): StreamGuard {
  const sendLagMs = summaryOf(samples.map(({ intendedAtMs, sentAtMs }) => sentAtMs - intendedAtMs));
  const p90 = sendLagMs?.p90 ?? Number.POSITIVE_INFINITY;
  const guard =
    p90 <= spacingMs
      ? 'held'
      : `void: one request in ten left more than ${p90.toFixed(1)} ms late, the machine being busy`;
  return { requests: samples.length, spacingMs, sendLagMs, guard };
}

/**
 * Throws a CheckFailed where requests of a stream have failed. Time-outs of a stream that was not sent as intended accuse
 * nobody: they may be this machine's own, and are an environment error.
 */
export function expectNoFaults(
  faults: Readonly<Record<string, number>>,
  { requests, guard }: StreamGuard,
  expected: string,
): void {
  const causes = Object.keys(faults);
  if (causes.length === 0) return;
  const actual = `of ${requests} requests: ${JSON.stringify(faults)}`;
  if (guard !== 'held' && causes.every((cause) => cause === 'timeout')) {
    throw environmentError('machine-busy', `${expected} cannot be judged, ${actual}; ${guard}`, {
      next: 'let the machine do nothing else meanwhile',
    });
  }
  throw new CheckFailed({ expected, actual });
}
