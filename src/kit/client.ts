import type { Place } from '../model/cluster.ts';
import type { ProbeRecord, ProbeRequest } from '../model/probe.ts';
import type { Kit } from './kit.ts';

/** One client as session affinity sees it: it returns the cookies it was given, over a fresh connection each time. */
export interface Client {
  send(): Promise<ProbeRecord>;
}

/** The `name=value` part of each Set-Cookie line. */
const cookiesOf = ({ outcome }: ProbeRecord): readonly string[] =>
  outcome.kind === 'answered'
    ? outcome.headers
        .filter(([name]) => name.toLowerCase() === 'set-cookie')
        .map(([, value]) => value.split(';')[0] ?? '')
    : [];

/** A client with an empty cookie jar that sends `request` from `place`. */
export function createClient(kit: Pick<Kit, 'probe'>, place: Place, request: ProbeRequest): Client {
  const jar = new Map<string, string>();
  return {
    async send() {
      const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = [...(request.headers ?? []), ...(cookies === '' ? [] : [['Cookie', cookies] as const])];
      const record = await kit.probe(place, { ...request, headers });
      for (const cookie of cookiesOf(record)) {
        const at = cookie.indexOf('=');
        jar.set(cookie.slice(0, at), cookie.slice(at + 1));
      }
      return record;
    },
  };
}

/** The pod that answered, or `undefined` where none of ours did. */
export const podOf = ({ outcome }: ProbeRecord): string | undefined =>
  outcome.kind === 'answered' ? outcome.servedBy?.pod : undefined;
