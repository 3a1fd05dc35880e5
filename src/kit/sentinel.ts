import type { KubernetesObject } from '../model/kubernetes.ts';
import { timeouts } from '../model/timeouts.ts';
import type { Ground } from './check.ts';
import type { Expectation } from './expectation.ts';
import { ingress, prefix } from './ingress.ts';

/** A route that is applied after what it is to prove: once its row holds, the controller has read what came before it. */
export interface Sentinel {
  readonly route: KubernetesObject;
  readonly row: Expectation;
}

/** The sentinel of that name, with a host of its own, to the back-end `hit`. */
export function sentinel(ground: Ground): Sentinel {
  const own = { ...ground, host: `${ground.name}.${ground.namespace}.sentinel.example` };
  return { route: ingress(own, [prefix('/', 'hit')]), row: { host: own.host, servedBy: 'hit' } };
}

/**
 * How long what was applied before a sentinel may still take once that is served, given how long the sentinel took. A controller
 * that is slow with one route may be as slow with the next.
 */
export const settleMs = (sentinelMs: number): number => Math.max(timeouts.settleMs, 2 * sentinelMs);
