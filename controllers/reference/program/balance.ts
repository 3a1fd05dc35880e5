import { cookieValue } from './affinity.ts';
import type { Endpoint, Pool } from './endpoints.ts';

/** The member that a client is bound to, as long as it serves; for all others, one after the other. */
export function choose({ members }: Pool, turn: number, bound: string | undefined): Endpoint | undefined {
  const own = bound === undefined ? undefined : members.find((member) => cookieValue(member) === bound);
  return own ?? members[turn % members.length];
}
