import type { ProbeOutcome, ProbeRecord, ProbeRequest } from '../model/probe.ts';
import { requestTarget } from './head.ts';
import type { Kit } from './kit.ts';

/** Sends one request to the controller, by the check's own host if it names no other, and returns whatever comes of it. */
export async function ask(
  { ground, probe, resolve }: Kit,
  request: Partial<Omit<ProbeRequest, 'address' | 'port'>> = {},
): Promise<ProbeRecord> {
  const { place, address, port } = await resolve('controller');
  return probe(place, { host: ground.host, ...request, address, port });
}

/** Whether the back-end `hit` answered. */
export const isHit = (outcome: ProbeOutcome): boolean =>
  outcome.kind === 'answered' && outcome.servedBy?.backend === 'hit';

/** What an observation keeps of an outcome: who answered, and what the back-end was asked for, byte for byte as latin1. */
export function seenOf(outcome: ProbeOutcome): object {
  if (outcome.kind === 'failed') return outcome;
  const { status, headers, servedBy } = outcome;
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  return {
    status,
    servedBy: servedBy?.backend ?? 'nobody',
    ...(servedBy !== undefined && { target: requestTarget(servedBy.head), headBytes: servedBy.headBytes }),
    ...(location !== undefined && { location }),
  };
}

/** What is observed where asking again tells another story. */
export const changing = 'changing';

const timesAsked = 3;

/** What is observed each of three times, or `changing`. */
export async function thrice<T extends string>(observe: () => Promise<T>): Promise<T | typeof changing> {
  const seen = new Set<T>();
  for (let time = 0; time < timesAsked; time += 1) seen.add(await observe());
  const [value = changing] = seen;
  return seen.size === 1 ? value : changing;
}
