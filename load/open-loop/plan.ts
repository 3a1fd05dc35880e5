import type { LoadOrder, LoadTarget } from '../../src/model/load.ts';
import { seededRandom } from '../../src/stats/random.ts';
import { endpointsOf } from './endpoint.ts';

/** What one thread does towards targets that share connections: a share of the load, on its own. */
export interface LanePlan {
  /** Asked in turn. */
  readonly targets: readonly LoadTarget[];
  readonly connections: number;
  /** Of the whole rate, 0 to 1. */
  readonly share: number;
  /** Where in its first gap a constant schedule begins. */
  readonly phase: number;
  readonly seed: number;
}

/**
 * The lanes of each thread. Lanes know nothing of one another: an endpoint that stalls holds up nobody else's requests, and many
 * Poisson schedules side by side are one. There are no more threads than have a connection for every endpoint.
 */
export function plan(order: LoadOrder): readonly (readonly LanePlan[])[] {
  const endpoints = endpointsOf(order);
  const threads = Math.min(order.threads, Math.floor(order.connections / endpoints.length));
  const random = seededRandom(order.seed);
  const lanes = threads * endpoints.length;
  return Array.from({ length: threads }, (_, thread) => {
    const connections = shareOut(order.connections, threads, thread);
    return endpoints.map(({ targets }, index) => ({
      targets: rotated(targets, Math.floor((thread * targets.length) / threads)),
      connections: shareOut(connections, endpoints.length, index),
      share: targets.length / order.targets.length / threads,
      phase: (thread * endpoints.length + index) / lanes,
      seed: Math.floor(random() * 2 ** 32),
    }));
  });
}

/** How many of so many the one at this place among equals gets. */
const shareOut = (all: number, among: number, place: number): number =>
  Math.floor((all * (place + 1)) / among) - Math.floor((all * place) / among);

const rotated = <T>(list: readonly T[], by: number): readonly T[] => [...list.slice(by), ...list.slice(0, by)];
