import { closeness, matchesHost } from './host-match.ts';
import type { Ingress, IngressBackend, IngressPath } from './objects.ts';
import type { Parts } from './parts.ts';
import type { Target } from './request-target.ts';

/** A port of a Service that requests are sent to. */
export interface Backend {
  readonly namespace: string;
  /** Absent where the rule names something else than a Service. */
  readonly service: IngressBackend['service'];
}

/** One path of one rule. */
export interface Route extends Pick<IngressPath, 'path' | 'pathType'> {
  /** Absent where the rule is for any host. */
  readonly host: string | undefined;
  readonly backend: Backend;
}

/** Where what no route takes may go: the default back-end of one Ingress. */
export interface Fallback {
  /** The hosts of that Ingress's own rules. */
  readonly hosts: readonly (string | undefined)[];
  readonly backend: Backend;
}

/** What Ingresses say, the oldest first. */
export interface RouteTable {
  readonly routes: readonly Route[];
  readonly fallbacks: readonly Fallback[];
}

const ageOf = ({ metadata }: Ingress): string => `${metadata.creationTimestamp} ${metadata.namespace}/${metadata.name}`;

/** Reads our Ingresses into a table. Who was there first comes first. */
export function readRoutes(ingresses: readonly Ingress[]): RouteTable {
  const byAge = [...ingresses].sort((a, b) => (ageOf(a) < ageOf(b) ? -1 : 1));
  const backendIn = ({ metadata }: Ingress, { service }: IngressBackend): Backend => ({
    namespace: metadata.namespace ?? '',
    service,
  });
  return {
    routes: byAge.flatMap((ingress) =>
      (ingress.spec.rules ?? []).flatMap(({ host, http }) =>
        (http?.paths ?? []).map((path) => ({ ...path, host, backend: backendIn(ingress, path.backend) })),
      ),
    ),
    fallbacks: byAge.flatMap((ingress) =>
      ingress.spec.defaultBackend === undefined
        ? []
        : [
            {
              hosts: (ingress.spec.rules ?? []).map(({ host }) => host),
              backend: backendIn(ingress, ingress.spec.defaultBackend),
            },
          ],
    ),
  };
}

const lengthOf = ({ path }: Route): number => path?.length ?? 0;
const isExact = ({ pathType }: Route): number => (pathType === 'Exact' ? 1 : 0);

/** The order of routes that take the same path: the longest first, of two alike the Exact one, then the older. */
export const prefer = (a: Route, b: Route): number => lengthOf(b) - lengthOf(a) || isExact(b) - isExact(a);

/**
 * The back-end that a request belongs to. Its host is matched first, and only the closest rules have a say: the first of their paths,
 * in order of preference, that takes the request. What no path takes goes to a default back-end.
 */
export function findBackend(table: RouteTable, { host, path }: Target, parts: Parts): Backend | undefined {
  const ofHost = table.routes.filter((route) => parts.matchesHost(route.host, host));
  const closest = Math.max(...ofHost.map((route) => parts.closeness(route.host)));
  const [best] = ofHost
    .filter((route) => parts.closeness(route.host) === closest && parts.matchesPath(route, path))
    .sort(parts.prefer);
  return best?.backend ?? parts.fallback(table, host)?.backend;
}

/** The default back-end for a host: that of the Ingress whose rules describe it most closely, of two alike the older's. */
export function fallback({ fallbacks }: RouteTable, host: string): Fallback | undefined {
  const closenessOf = ({ hosts }: Fallback) =>
    Math.max(0, ...hosts.filter((rule) => matchesHost(rule, host)).map((rule) => closeness(rule)));
  return [...fallbacks].sort((a, b) => closenessOf(b) - closenessOf(a))[0];
}
