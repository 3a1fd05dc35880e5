import type { ProbeOutcome } from '../model/probe.ts';
import type { Kit } from './kit.ts';

/** So many requests have to be answered alike for an observation to have one value. */
const requests = 10;

/** Where a request for the check's host ends up, in one of few words. */
export type Whereabouts = 'served' | 'served by another' | '404' | '5xx' | 'another status' | 'no answer' | 'changing';

/** All of them: the closed list of a check that observes by `whereabouts`. */
export const everyWhereabouts: readonly Whereabouts[] = [
  'served',
  'served by another',
  '404',
  '5xx',
  'another status',
  'no answer',
  'changing',
];

function placeOf(outcome: ProbeOutcome, backend: string): Whereabouts {
  if (outcome.kind === 'failed') return 'no answer';
  const by = outcome.servedBy?.backend;
  if (by !== undefined) return by === backend ? 'served' : 'served by another';
  if (outcome.status === 404) return '404';
  return outcome.status >= 500 ? '5xx' : 'another status';
}

/** Where requests for the check's host end up, by whether `backend` serves them; records the last answer. */
export async function whereabouts(kit: Kit, backend: string): Promise<Whereabouts> {
  const { place, address, port } = await kit.resolve('controller');
  const seen = new Set<Whereabouts>();
  for (let sent = 0; sent < requests; sent += 1) {
    const record = await kit.probe(place, { address, port, host: kit.ground.host });
    seen.add(placeOf(record.outcome, backend));
    kit.record('last answer', record);
  }
  const [only = 'changing', ...more] = seen;
  return more.length === 0 ? only : 'changing';
}
