import type { Agents } from '../kit/agents.ts';
import { vantageOf } from '../kit/place.ts';
import { isReady } from '../kube/explain-pod.ts';
import type { Kube } from '../kube/kube.ts';
import type { Place } from '../model/cluster.ts';
import { environmentError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';

const tries = 3;
const timeoutMs = 2_000;

/** Where to look, and from where. */
export interface Reach {
  readonly from: Place;
  /** Those there are where pods of ours are. */
  readonly pods: readonly KubernetesObject[];
  /** The labels of the controller's pods, of which nothing is asked here; `undefined` where none is among ours. */
  readonly besides: Readonly<Record<string, string>> | undefined;
  /** Nodes that were stopped on purpose. */
  readonly stopped: ReadonlySet<string>;
}

/**
 * Throws an environment error where one of our pods, one on each node, is not reached past the controller: what the cluster's network
 * does not carry, no controller can. Any answer will do, a refused connection among them.
 */
export async function assertReach(
  kube: Pick<Kube, 'get'>,
  agents: Pick<Agents, 'probe'>,
  { from, pods, besides, stopped }: Reach,
): Promise<void> {
  const isTheirs = ({ metadata }: KubernetesObject) =>
    besides !== undefined && Object.entries(besides).every(([name, value]) => metadata.labels?.[name] === value);
  const serving = pods.filter((pod) => portOf(pod) !== undefined && serves(pod) && !isTheirs(pod));
  const byNode = new Map(serving.map((pod) => [String(pod.spec.nodeName), pod]));
  for (const node of stopped) byNode.delete(node);

  async function isReached(pod: KubernetesObject): Promise<boolean> {
    for (let attempt = 0; attempt < tries; attempt++) {
      const request = { address: pod.status.podIP as string, port: portOf(pod) as number, timeoutMs };
      const { outcome } = await agents.probe(from, request);
      if (outcome.kind === 'answered' || !['timeout', 'unreachable'].includes(outcome.cause)) return true;
    }
    const { namespace = '', name, uid } = pod.metadata;
    const now = await kube.get({ apiVersion: 'v1', kind: 'Pod', namespace, name });
    return now === undefined || now.metadata.uid !== uid || !serves(now); // it has gone meanwhile
  }

  await Promise.all(
    [...byNode].map(async ([node, pod]) => {
      if (await isReached(pod)) return;
      const where = `pod ${pod.metadata.namespace}/${pod.metadata.name} on ${node}`;
      throw environmentError(
        'pod-unreachable',
        `${vantageOf(from)} does not reach ${where} at ${pod.status.podIP}:${portOf(pod)}, past the controller`,
        { next: 'look at the cluster’s network (CNI, routes, NetworkPolicies): pods must reach pods of every node' },
      );
    }),
  );
}

const portOf = (pod: KubernetesObject): number | undefined =>
  pod.spec.hostNetwork ? undefined : pod.spec.containers?.[0]?.ports?.[0]?.containerPort;

const serves = (pod: KubernetesObject): boolean =>
  !pod.metadata.deletionTimestamp && pod.status?.podIP !== undefined && isReady(pod);
