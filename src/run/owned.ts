import type { Kube } from '../kube/kube.ts';
import { environmentError } from '../model/errors.ts';
import { type KubernetesObject, type ObjectRef, ownedLabel } from '../model/kubernetes.ts';
import { runAnnotations, runThatGoesOn } from './alive.ts';

const kinds = [
  { apiVersion: 'v1', kind: 'Namespace' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass' },
];
/** What some controllers' manifests have: who may not list them has not made any. */
const furtherKinds = [
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
  owned({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations: runAnnotations } });

/**
 * Removes all that runs of ours have made in this cluster, and returns it once it is gone, or without `wait` once its pods have ended and
 * the rest is told to go. What belongs to a run that still goes on is an environment error, and stays.
 */
export async function removeOwned(kube: Kube, { wait = true } = {}): Promise<readonly ObjectRef[]> {
  const objects = await listOwned(kube);
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  const run = await runThatGoesOn(kube, namespaces);
  if (run !== undefined) {
    throw environmentError('cluster-in-use', `another run uses this cluster: process ${run}`, {
      next: 'wait for it to end, or use another cluster',
    });
  }
  const refs = objects.map(({ apiVersion, kind, metadata: { name } }) => ({ apiVersion, kind, name }));
  await Promise.all(namespaces.map(({ metadata }) => endPods(kube, metadata.name)));
  await kube.remove(refs, { wait });
  return refs;
}

/** All that has the label. */
async function listOwned(kube: Kube): Promise<readonly KubernetesObject[]> {
  const mayList = async (kind: (typeof kinds)[number]) =>
    (await kube.forbidden([{ ...kind, verb: 'list', namespace: '' }])).length === 0 ? [kind] : [];
  const listed = [...kinds, ...(await Promise.all(furtherKinds.map(mayList))).flat()];
  return (await Promise.all(listed.map((kind) => kube.list(kind, { labels: { [ownedLabel]: 'true' } })))).flat();
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
