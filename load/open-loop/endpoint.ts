import type { LoadOrder, LoadTarget } from '../../src/model/load.ts';

/** Where a connection leads. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  /** Of a TLS connection. */
  readonly serverName?: string;
}

/** Targets that one connection can ask. */
export interface EndpointTargets {
  readonly targets: readonly LoadTarget[];
}

export const endpointOf = ({ address, port, tls, host }: LoadTarget): Endpoint =>
  tls ? { address, port, serverName: host } : { address, port };

/** The targets by the connections that can be kept to them. A fresh connection leads anywhere, so then they are all of one kind. */
export function endpointsOf({ targets, connectionUse }: LoadOrder): readonly EndpointTargets[] {
  if (connectionUse === 'fresh') return [{ targets }];
  const byEndpoint = new Map<string, LoadTarget[]>();
  for (const target of targets) {
    const key = JSON.stringify(endpointOf(target));
    byEndpoint.set(key, [...(byEndpoint.get(key) ?? []), target]);
  }
  return [...byEndpoint.values()].map((own) => ({ targets: own }));
}
