import { isReady } from '../kube/explain-pod.ts';
import type { Kube } from '../kube/kube.ts';
import { environmentError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';

interface ContainerStatus {
  readonly name: string;
  readonly state?: { readonly terminated?: Ended };
  readonly lastState?: { readonly terminated?: Ended };
}
interface Ended {
  readonly exitCode: number;
  readonly reason?: string;
  /** To the second. */
  readonly finishedAt?: string;
}

/**
 * Throws an environment error where, since that time, something beside the controller has ended that its traffic rests on: a
 * container of a pod of these namespaces that nobody deleted, or a node that has such pods or is one of those sent to. What was on a
 * node that was stopped on purpose is passed over. Returns the pods of these namespaces.
 */
export async function assertSurroundings(
  kube: Kube,
  namespaces: readonly string[],
  sinceMs: number,
  sentTo: readonly string[] = [],
  stopped: ReadonlySet<string> = new Set(),
): Promise<readonly KubernetesObject[]> {
  const podsOf = (namespace: string) => kube.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace });
  const [pods, nodes] = await Promise.all([
    Promise.all(namespaces.map(podsOf)).then((lists) => lists.flat()),
    kube.list({ apiVersion: 'v1', kind: 'Node' }),
  ]);
  for (const pod of pods) {
    const how = pod.metadata.deletionTimestamp ? undefined : endedSince(pod, sinceMs);
    if (how === undefined || stopped.has(pod.spec.nodeName)) continue;
    throw environmentError('backend-died', `${how} while a check was under way`, {
      next: `kubectl -n ${pod.metadata.namespace} describe pod ${pod.metadata.name}`,
    });
  }
  const needed = new Set([...sentTo, ...pods.map(({ spec }) => spec.nodeName)]);
  const node = nodes.find((one) => needed.has(one.metadata.name) && !isReady(one));
  if (node === undefined) return pods;
  throw environmentError('node-not-ready', `node ${node.metadata.name} is not Ready`, {
    next: `kubectl describe node ${node.metadata.name}`,
  });
}

/** Which container of the pod ended since then, and how, in words. */
function endedSince({ metadata, status }: KubernetesObject, sinceMs: number): string | undefined {
  for (const { name, state, lastState } of (status?.containerStatuses ?? []) as readonly ContainerStatus[]) {
    const ended = state?.terminated ?? lastState?.terminated;
    if (ended === undefined || Date.parse(ended.finishedAt ?? '') < Math.floor(sinceMs / 1000) * 1000) continue;
    return `container ${name} of pod ${metadata.name} ended (${ended.reason ?? 'ended'}, exit code ${ended.exitCode})`;
  }
  return undefined;
}
