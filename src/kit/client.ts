import type { Place } from '../model/cluster.ts';
import type { ProbeRecord, ProbeRequest } from '../model/probe.ts';
import type { Kit } from './kit.ts';

/** One client as session affinity sees it: it returns the cookies it was given, over a fresh connection each time. */
export interface Client {
  send(): Promise<ProbeRecord>;
}

interface Cookie {
  readonly name: string;
  /** `undefined` where the line takes the cookie back. */
  readonly value: string | undefined;
}

/** The cookie of one Set-Cookie line; `undefined` where a client would not bring it back on this very request (RFC 6265, 5.2 to 5.4). */
function cookieOf(line: string, { host = '', path = '/' }: ProbeRequest): Cookie | undefined {
  const [pair = '', ...rest] = line.split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, Math.max(0, at)).trim();
  if (name === '') return undefined;
  const attributes = new Map(
    rest.map((attribute): [string, string] => {
      const [key = '', ...value] = attribute.split('=');
      return [key.trim().toLowerCase(), value.join('=').trim()];
    }),
  );
  const hostName = host.replace(/:\d+$/, '').toLowerCase();
  const domain = (attributes.get('domain') ?? '').replace(/^\./, '').toLowerCase();
  const below = attributes.get('path') ?? '';
  const [target = ''] = path.split('?');
  if (attributes.has('secure')) return undefined; // the requests are not
  if (domain !== '' && hostName !== domain && !hostName.endsWith(`.${domain}`)) return undefined;
  if (below.startsWith('/') && target !== below && !target.startsWith(below.replace(/\/?$/, '/'))) return undefined;
  return { name, value: isOver(attributes) ? undefined : pair.slice(at + 1).trim() };
}

/** Whether a cookie ends as it comes: that is how one is taken back. Max-Age goes before Expires. */
function isOver(attributes: ReadonlyMap<string, string>): boolean {
  const maxAge = attributes.get('max-age') ?? '';
  if (/^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0;
  return Date.parse(attributes.get('expires') ?? '') <= Date.now();
}

/** A client with an empty cookie jar that sends `request` from `place`. */
export function createClient(kit: Pick<Kit, 'probe'>, place: Place, request: ProbeRequest): Client {
  const jar = new Map<string, string>();
  return {
    async send() {
      const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = [...(request.headers ?? []), ...(cookies === '' ? [] : [['Cookie', cookies] as const])];
      const record = await kit.probe(place, { ...request, headers });
      const answered = record.outcome.kind === 'answered' ? record.outcome.headers : [];
      for (const [header, line] of answered) {
        const cookie = header.toLowerCase() === 'set-cookie' ? cookieOf(line, request) : undefined;
        if (cookie?.value !== undefined) jar.set(cookie.name, cookie.value);
        else if (cookie !== undefined) jar.delete(cookie.name);
      }
      return record;
    },
  };
}

/** The pod that answered, or `undefined` where none of ours did. */
export const podOf = ({ outcome }: ProbeRecord): string | undefined =>
  outcome.kind === 'answered' ? outcome.servedBy?.pod : undefined;
