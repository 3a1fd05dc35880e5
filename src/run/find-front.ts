import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Agents, createAgents } from '../kit/agents.ts';
import type { Ground } from '../kit/check.ts';
import { echoProgram } from '../kit/echo.ts';
import { ingress, prefix } from '../kit/ingress.ts';
import type { Kube } from '../kube/kube.ts';
import { readManifest } from '../kube/manifest.ts';
import type { Cluster, Place } from '../model/cluster.ts';
import type { ControllerSettings, Front, Socket } from '../model/controller.ts';
import { environmentError, usageError } from '../model/errors.ts';
import { timeouts } from '../model/timeouts.ts';
import { packageRoot } from '../paths.ts';
import { candidates, type Way } from './front-candidates.ts';
import { applyAndWait } from './install.ts';
import { ownedNamespace } from './owned.ts';

const betweenRoundsMs = 500;
const fixture = (file: string) => readManifest(join(packageRoot, 'fixtures', file));

/** Throws a usage error that lists the classes there are where this is none of them. */
export async function assertClassExists(kube: Pick<Kube, 'list'>, name: string): Promise<void> {
  const classes = await kube.list({ apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass' });
  const known = classes.map(({ metadata }) => metadata.name);
  if (known.includes(name)) return;
  throw usageError(
    'unknown-ingress-class',
    `there is no IngressClass "${name}". The cluster has: ${known.join(', ') || 'none'}.`,
    { next: 'name one with --ingress-class' },
  );
}

/** Where the Ingress stands by which a controller is found. */
export const frontNamespaceOf = ({ namespace }: Pick<ControllerSettings, 'namespace'>): string => `${namespace}-front`;

/**
 * Finds where the controller of a class answers, from a pod and from outside. Nothing in the API says so for certain; so an Ingress of
 * that class is made, and of all ways that might lead there the first is taken that serves it.
 */
export async function findFront(
  kube: Kube,
  cluster: Cluster,
  settings: ControllerSettings,
  signal: AbortSignal,
): Promise<Front> {
  const { ingressClass } = settings;
  const namespace = frontNamespaceOf(settings);
  const ground: Ground = { name: 'front', host: `front.${namespace}.example`, namespace, ingressClass };
  await kube.apply([ownedNamespace(namespace)]);
  await applyAndWait(kube, namespace, [
    await echoProgram(),
    ...(await fixture('backends/cast.yaml')),
    ...(await fixture('tutorial/net-test.yaml')),
    ingress(ground, [prefix('/', 'hit')]),
  ]);
  await using agents = createAgents(cluster);
  const front = await search(kube, cluster, agents, ground, signal);
  await kube.remove([{ apiVersion: 'v1', kind: 'Namespace', name: namespace }]);
  return front;
}

async function search(
  kube: Kube,
  cluster: Cluster,
  agents: Agents,
  ground: Ground,
  signal: AbortSignal,
): Promise<Front> {
  const netTest: Place = { kind: 'pod', namespace: ground.namespace, name: 'net-test' };
  const giveUpAt = performance.now() + timeouts.convergeMs;
  for (;;) {
    const ways = await candidates(kube, cluster, ground);
    const outside = await firstThatServes(agents, { kind: 'external' }, ways.outside, ground);
    // By the Service that leads there from outside, if any does.
    const sameService = ways.inside.filter(({ service }) => service !== undefined && service === outside.way?.service);
    const outsideFromWithin = outside.way === undefined ? [] : [outside.way];
    const inside = await firstThatServes(
      agents,
      netTest,
      [...sameService, ...ways.inside, ...outsideFromWithin],
      ground,
    );
    if (outside.way && inside.way) {
      const nodePort = outside.way.nodePort ?? inside.way.nodePort;
      return {
        outside: socketOf(outside.way),
        inside: socketOf(inside.way),
        ...(nodePort !== undefined && { nodePort }),
      };
    }
    signal.throwIfAborted();
    if (performance.now() > giveUpAt) {
      throw environmentError(
        'controller-not-found',
        [
          `no way was found to whatever serves the class ${ground.ingressClass}: an Ingress of it was not served within ${timeouts.convergeMs / 1000} s`,
          ...(outside.way ? [] : ['  from outside:', ...outside.seen]),
          ...(inside.way ? [] : ['  from a pod:', ...inside.seen]),
        ].join('\n'),
        { next: 'see that a controller runs for that class; name where it answers with --address <host[:port]>' },
      );
    }
    await pause(betweenRoundsMs, undefined, { signal }).catch(() => {}); // its reason is thrown above
  }
}

const socketOf = ({ address, port }: Way): Socket => ({ address, port });

/** The first way by which our back-end answers, or what was seen on each. */
async function firstThatServes(
  agents: Agents,
  place: Place,
  ways: readonly Way[],
  { host, namespace }: Ground,
): Promise<{ readonly way?: Way; readonly seen: readonly string[] }> {
  const seen = await Promise.all(
    ways.map(async ({ address, port }) => {
      const { outcome } = await agents.probe(place, { address, port, host });
      if (outcome.kind === 'failed') return outcome.message;
      return outcome.servedBy?.namespace === namespace ? 'served' : `status ${outcome.status}, not by the Ingress`;
    }),
  );
  const way = ways[seen.indexOf('served')];
  const lines = ways.map(({ address, port }, index) => `    ${address}:${port}: ${seen[index]}`);
  return { ...(way && { way }), seen: lines.length > 0 ? lines : ['    there is no address to ask'] };
}
