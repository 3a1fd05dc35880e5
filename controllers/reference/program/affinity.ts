import { createHash } from 'node:crypto';
import type { Endpoint } from './endpoints.ts';
import type { ConfigMap } from './objects.ts';
import type { Backend } from './route-table.ts';

/** The ConfigMap that holds a namespace's settings. */
export const settingsName = 'reference-ingress-settings';

/**
 * Whether clients of a back-end stay on their pod: `affinity.<service>` in its namespace's settings says so, or else `affinity` for all
 * its Services, being `cookie` or `off`.
 */
export function hasAffinity(settings: readonly ConfigMap[], { namespace, service }: Backend): boolean {
  const data = settings.find(({ metadata }) => metadata.namespace === namespace)?.data ?? {};
  return (data[`affinity.${service?.name}`] ?? data.affinity) === 'cookie';
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** The value that stands for a pod in a client's cookie; it gives no address away. */
export const cookieValue = ({ address, port }: Endpoint): string => digest(`${address}:${port}`);

const cookieName = ({ namespace, service }: Backend): string => `affinity-${digest(`${namespace}/${service?.name}`)}`;

/** The pod that a client's cookies bind it to, for one back-end. */
export function boundValue(cookies: string | undefined, backend: Backend): string | undefined {
  const name = `${cookieName(backend)}=`;
  return cookies
    ?.split(';')
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(name))
    ?.slice(name.length);
}

/** The header that binds a client to a pod from now on. */
export const bindingCookie = (backend: Backend, endpoint: Endpoint): readonly [string, string] => [
  'Set-Cookie',
  `${cookieName(backend)}=${cookieValue(endpoint)}; Path=/; HttpOnly`,
];
