import { hasAffinity } from './affinity.ts';
import { nowhere, unavailable } from './answer.ts';
import { choose } from './balance.ts';
import { type Configuration, configure } from './configuration.ts';
import { endpointsOf } from './endpoints.ts';
import { forwardedFor } from './headers.ts';
import { closeness, matchesHost } from './host-match.ts';
import { isOurs } from './ingress-class.ts';
import { statusFor } from './ingress-status.ts';
import { matchesPath } from './path-match.ts';
import type { Serve } from './proxy.ts';
import { isHostGiven, targetOf } from './request-target.ts';
import { fallback, findBackend, prefer } from './route-table.ts';
import { statusPage } from './status-page.ts';

/** The decisions this controller is made of. One built with another part has a fault by design: a mutant, to try checks with. */
export const parts = {
  // What is configured:
  configure,
  isOurs,
  statusFor,
  endpointsOf,
  hasAffinity,
  /** Puts a configuration in force once it is learnt; it may take its time, but not change the order. */
  putInForce: (learnt: Configuration, put: (next: Configuration) => void): void => put(learnt),
  // Where a request goes:
  /** The configuration a request is served by, given the latest. */
  inForce: (latest: Configuration): Configuration => latest,
  isHostGiven,
  targetOf,
  findBackend,
  matchesHost,
  closeness,
  matchesPath,
  prefer,
  fallback,
  choose,
  // What is passed on, and what is answered:
  /** What a back-end is asked for. */
  forwardedTarget: (target: string): string => target,
  forwardedFor,
  /** What a client is told. */
  forwardedStatus: (status: number): number => status,
  nowhere,
  unavailable,
  statusPage,
  /** What stands between clients and the proxy. */
  guard: (proxy: Serve): Serve => proxy,
};

export type Parts = typeof parts;
