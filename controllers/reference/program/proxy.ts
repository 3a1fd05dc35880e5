import type { IncomingMessage, ServerResponse } from 'node:http';
import { bindingCookie, boundValue, cookieValue } from './affinity.ts';
import { answer } from './answer.ts';
import type { Configuration } from './configuration.ts';
import { keyOf } from './endpoints.ts';
import { forward } from './forward.ts';
import type { Parts } from './parts.ts';

export type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves requests by the configuration of the moment they come in. */
export function createProxy(configuration: () => Configuration, parts: Parts): Serve {
  const turns = new Map<string, number>();

  return (request, response) => {
    const { table, pools, sticky } = parts.inForce(configuration());
    if (!parts.isHostGiven(request)) return answer(response, 400, 'one Host header is asked for');
    const backend = parts.findBackend(table, parts.targetOf(request), parts);
    if (backend === undefined) return parts.nowhere(response);

    const key = keyOf(backend);
    const pool = pools.get(key) ?? { backend, members: [] };
    const turn = turns.get(key) ?? 0;
    const bound = sticky.has(key) ? boundValue(request.headers.cookie, backend) : undefined;
    const endpoint = parts.choose(pool, turn, bound);
    if (endpoint === undefined) return parts.unavailable(response, key);

    const isNew = cookieValue(endpoint) !== bound;
    if (isNew) turns.set(key, turn + 1);
    forward(request, response, endpoint, sticky.has(key) && isNew ? [bindingCookie(backend, endpoint)] : [], parts);
  };
}
