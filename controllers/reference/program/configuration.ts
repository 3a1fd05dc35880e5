import { keyOf, type Pool } from './endpoints.ts';
import type { View } from './objects.ts';
import type { Parts } from './parts.ts';
import { type RouteTable, readRoutes } from './route-table.ts';

/** All that a request's way depends on, made of one view of the cluster and replaced as a whole. */
export interface Configuration {
  readonly table: RouteTable;
  /** By `keyOf` the back-end. */
  readonly pools: ReadonlyMap<string, Pool>;
  /** The back-ends whose clients stay on their pod, by `keyOf`. */
  readonly sticky: ReadonlySet<string>;
}

export const nothing: Configuration = { table: { routes: [], fallbacks: [] }, pools: new Map(), sticky: new Set() };

/** What is to be done with requests, given what is known of the cluster. */
export function configure(view: View, ownClass: string, parts: Parts): Configuration {
  const table = readRoutes(view.ingresses.filter((ingress) => parts.isOurs(ingress, view.classes, ownClass)));
  const backends = [...table.routes, ...table.fallbacks].map(({ backend }) => backend);
  return {
    table,
    pools: new Map(
      backends.map((backend) => [keyOf(backend), { backend, members: parts.endpointsOf(view, backend) }] as const),
    ),
    sticky: new Set(backends.filter((backend) => parts.hasAffinity(view.settings, backend)).map(keyOf)),
  };
}
