import type { KubernetesObject } from '../model/kubernetes.ts';
import { timeouts } from '../model/timeouts.ts';
import type { Ground } from './check.ts';
import type { Expectation } from './expectation.ts';
import { ingress, prefix } from './ingress.ts';

/** A route that is applied after what it is to prove: once its rows hold, the controller has read what came before it. */
export interface Sentinel {
  readonly route: KubernetesObject;
  readonly rows: readonly Expectation[];
}

/** Back-ends of every area without a story. Their endpoints come to a controller on another road than its Ingresses do, each for itself. */
const backends = ['hit', 'miss', 'other'];

/** The sentinel of that name, with a host of its own for each back-end. */
export function sentinel(ground: Ground): Sentinel {
  const hostOf = (backend: string) => `${backend}.${ground.name}.${ground.namespace}.sentinel.example`;
  return {
    route: ingress(
      ground,
      backends.map((backend) => ({ host: hostOf(backend), paths: [prefix('/', backend)] })),
    ),
    rows: backends.map((backend) => ({ host: hostOf(backend), servedBy: backend })),
  };
}

/**
 * How long what was applied before a sentinel may still take once that is served, given how long the sentinel took. A controller
 * that is slow with one route may be as slow with the next.
 */
export const settleMs = (sentinelMs: number): number => Math.max(timeouts.settleMs, 2 * sentinelMs);
