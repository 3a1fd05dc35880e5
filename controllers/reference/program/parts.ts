import { hasAffinity } from './affinity.ts';
import { nowhere } from './answer.ts';
import { choose } from './balance.ts';
import type { Configuration } from './configuration.ts';
import { endpointsOf } from './endpoints.ts';
import { forwardedFor } from './headers.ts';
import { matchesHost } from './host-match.ts';
import { isOurs } from './ingress-class.ts';
import { matchesPath } from './path-match.ts';
import type { Serve } from './proxy.ts';
import { fallback } from './route-table.ts';
import { statusPage } from './status-page.ts';

/** The decisions this controller is made of. One built with another part has a fault by design: a mutant, to try checks with. */
export const parts = {
  isOurs,
  matchesHost,
  matchesPath,
  fallback,
  endpointsOf,
  hasAffinity,
  choose,
  forwardedFor,
  nowhere,
  statusPage,
  /** The configuration a request is served by, given the latest. */
  inForce: (latest: Configuration): Configuration => latest,
  /** What a back-end is asked for. */
  forwardedTarget: (target: string): string => target,
  /** What a client is told. */
  forwardedStatus: (status: number): number => status,
  /** What stands between clients and the proxy. */
  guard: (proxy: Serve): Serve => proxy,
};

export type Parts = typeof parts;
