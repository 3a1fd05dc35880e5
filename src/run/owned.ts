import { hostname } from 'node:os';
import type { Kube } from '../kube/kube.ts';
import { environmentError } from '../model/errors.ts';
import { type KubernetesObject, ownedLabel } from '../model/kubernetes.ts';

/** Which run a namespace belongs to: `<host>.<pid>`. */
const runAnnotation = 'ingress-assay.dev/run';
const thisRun = `${hostname()}.${process.pid}`;

const kinds = [
  { apiVersion: 'v1', kind: 'Namespace' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding' },
  { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' },
];

/** The object with the label that says it may be removed. */
export const owned = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, labels: { ...object.metadata.labels, [ownedLabel]: 'true' } },
});

/** A namespace of this run. */
export const ownedNamespace = (name: string): KubernetesObject =>
  owned({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations: { [runAnnotation]: thisRun } } });

/** Whether the process that made it still runs on this machine; of other machines nothing is known, so no. */
function runsStill(run: string): boolean {
  const [host, pid] = [run.slice(0, run.lastIndexOf('.')), Number(run.slice(run.lastIndexOf('.') + 1))];
  if (host !== hostname() || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Removes all that runs of ours have made in this cluster, and returns once it is gone, or without `wait` once its pods have ended and
 * the rest is told to go. What belongs to a run that still goes on is an environment error, and stays.
 */
export async function removeOwned(kube: Kube, { wait = true } = {}): Promise<void> {
  const objects = (
    await Promise.all(kinds.map((kind) => kube.list(kind, { labels: { [ownedLabel]: 'true' } })))
  ).flat();
  const run = objects.map(({ metadata }) => metadata.annotations?.[runAnnotation]).find((by) => by && runsStill(by));
  if (run !== undefined) {
    throw environmentError('cluster-in-use', `another run uses this cluster: process ${run}`, {
      next: 'wait for it to end, or use another cluster with --name',
    });
  }
  const refs = objects.map(({ apiVersion, kind, metadata: { name } }) => ({ apiVersion, kind, name }));
  await Promise.all(refs.filter(({ kind }) => kind === 'Namespace').map(({ name }) => endPods(kube, name)));
  await kube.remove(refs, { wait });
}

/**
 * Ends the pods of a namespace, and what would make them again, before it is removed: nobody is left for whom they would drain, and a
 * namespace that has seen a pod with a grace period waits for half of that before it looks again.
 */
async function endPods(kube: Kube, namespace: string): Promise<void> {
  for (const [apiVersion, kind] of [
    ['apps/v1', 'Deployment'],
    ['apps/v1', 'ReplicaSet'],
    ['v1', 'Pod'],
  ] as const) {
    const objects = await kube.list({ apiVersion, kind }, { namespace });
    const refs = objects.map(({ metadata: { name } }) => ({ apiVersion, kind, namespace, name }));
    await kube.remove(refs, { graceSeconds: 0 });
  }
}
