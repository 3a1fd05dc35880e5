import { setTimeout as pause } from 'node:timers/promises';
import type { Agents } from '../../kit/agents.ts';
import type { Kube } from '../../kube/kube.ts';
import type { Cluster } from '../../model/cluster.ts';
import { environmentError } from '../../model/errors.ts';
import { owned } from '../owned.ts';
import { route } from './back-ends.ts';
import { type Side, usageOf } from './side.ts';

/** How many objects the API is given at once. */
const atOnce = 40;
/** Beyond a minute, what each route may take to be served. */
const perRouteMs = 50;
const graceMs = 60_000;

/** What it took a controller to take in routes. */
export interface TakenIn {
  readonly routes: number;
  /** The API's answers to all of them. */
  readonly applyMs: number;
  /** From the API's last answer until every one of them was answered rightly. */
  readonly servedAfterMs: number;
  /** How long the last look at those still missing took: so much later it may have been noticed. */
  readonly resolutionMs: number;
  readonly cpuSeconds?: number;
  readonly memoryBytes?: number;
}

/** How many routes of the other sides are there when each of them takes in those from `from` up to `to`, one side after the other. */
export const routesOfOthers = (sides: number, from: number, to: number): readonly number[] =>
  Array.from({ length: sides }, (_, turn) => turn * to + (sides - 1 - turn) * from);

/** The host of one of many routes, counted from 1: all of one length, since a controller may try longer names first. */
export const manyHost = (side: string, number: number): string =>
  `r${String(number).padStart(6, '0')}.${side}.many.load.example`;

const nameOf = (side: string, number: number): string => `many-${side}-${number}`;

/** Gives a controller the routes from `from` + 1 up to `to`, and waits until each was served, every one asked. */
export async function takeIn(
  { kube, agents, cluster, namespace, signal }: ManyRoutes,
  side: Side,
  from: number,
  to: number,
): Promise<TakenIn> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index + 1);
  const usage = usageOf(cluster, side.pods);
  const before = await usage?.();
  const start = performance.now();
  await inChunks(numbers, async (chunk) => {
    const objects = chunk.map((number) =>
      owned(route(nameOf(side.side, number), manyHost(side.side, number), side.ingressClass ?? '')),
    );
    await kube.apply(await kube.inNamespace(objects, namespace));
  });
  const applied = performance.now();
  let missing: readonly number[] = numbers;
  let look = 0;
  while (missing.length > 0) {
    const began = performance.now();
    if (began - applied > graceMs + perRouteMs * numbers.length)
      throw environmentError(
        'routes-not-served',
        `${missing.length} of ${numbers.length} routes are not served by ${side.title} ${Math.round((began - applied) / 1000)} s after the API took them, ${manyHost(side.side, missing[0] ?? 0)} for one`,
      );
    const served = await Promise.all(missing.map((number) => isServed(agents, side, manyHost(side.side, number))));
    missing = missing.filter((_, index) => !served[index]);
    look = performance.now() - began;
    if (missing.length > 0) await pause(20, undefined, { signal });
  }
  const servedAfterMs = performance.now() - applied;
  const after = await usage?.();
  return {
    routes: to,
    applyMs: applied - start,
    servedAfterMs,
    resolutionMs: look,
    ...(before !== undefined &&
      after !== undefined && { cpuSeconds: after.cpuSeconds - before.cpuSeconds, memoryBytes: after.memoryBytes }),
  };
}

/** What taking in routes needs. */
export interface ManyRoutes {
  readonly kube: Kube;
  readonly agents: Agents;
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly signal: AbortSignal;
}

/** Takes away the routes up to `count` of a side. */
export async function forget({ kube, namespace }: ManyRoutes, side: Side, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  await inChunks(numbers, (chunk) =>
    kube.remove(
      chunk.map((number) => ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        namespace,
        name: nameOf(side.side, number),
      })),
    ),
  );
}

/** Whether a side's back-ends answer for a host. */
export async function isServed(agents: Agents, { entry }: Side, host: string): Promise<boolean> {
  const { outcome } = await agents.probe(
    { kind: 'external' },
    { address: entry.address, port: entry.http, host, path: '/' },
  );
  return (
    outcome.kind === 'answered' &&
    outcome.status === 200 &&
    outcome.headers.some(([name, value]) => name.toLowerCase() === 'x-load-back-end' && value === 'load')
  );
}

async function inChunks(numbers: readonly number[], body: (chunk: readonly number[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < numbers.length; start += atOnce) await body(numbers.slice(start, start + atOnce));
}
