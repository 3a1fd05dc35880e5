import type { ProbeOutcome } from '../model/probe.ts';

/** How a request that no back-end of ours answered may have been turned away. */
export const refusals = [
  'redirected',
  'refused 400',
  'refused 404',
  'refused 405',
  'refused 501',
  'refused otherwise',
  'unanswered',
] as const;
export type Refusal = (typeof refusals)[number];

/** How a request was turned away; `undefined` where it was not. */
export function refusalOf(outcome: ProbeOutcome): Refusal | undefined {
  if (outcome.kind === 'failed') return 'unanswered';
  const { status, servedBy } = outcome;
  if (servedBy !== undefined || status < 300) return undefined;
  if (status < 400) return 'redirected';
  return refusals.find((refusal) => refusal === `refused ${status}`) ?? 'refused otherwise';
}
