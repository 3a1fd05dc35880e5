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

/** How late requests left, in ms: the guard of every figure taken from a stream, whose resolution is its spacing plus this. */
export const sendLag = (samples: readonly Sample[]): Summary | undefined =>
  summaryOf(samples.map(({ intendedAtMs, sentAtMs }) => sentAtMs - intendedAtMs));
