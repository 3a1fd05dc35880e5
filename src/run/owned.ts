import type { Kube } from '../kube/kube.ts';
import { environmentError } from '../model/errors.ts';
import { type KubernetesObject, type ObjectRef, ownedLabel } from '../model/kubernetes.ts';
import { runAnnotations, runThatGoesOn } from './alive.ts';

const kinds = [
  { apiVersion: 'v1', kind: 'Namespace' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass' },
];
/** What some controllers' manifests have outside the run's namespaces: who may not list them has not made any. */
const furtherKinds = [
  ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].map((kind) => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
  })),
  ...['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'].map((kind) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
  })),
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' },
  { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' },
];

/** Throws an environment error where a run with these objects would leave one outside its namespaces that no later run finds again. */
export function assertRemovable(objects: readonly KubernetesObject[], namespace: string): void {
  const known = new Set([...kinds, ...furtherKinds].map(({ kind }) => kind));
  const defined = objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ spec }) => spec.names.kind);
  const made = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  const left = objects.filter(
    ({ kind, metadata }) =>
      !known.has(kind) && !defined.includes(kind) && ![namespace, ...made].includes(metadata.namespace ?? ''),
  );
  if (left.length === 0) return;
  const names = left.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ');
  throw environmentError('object-not-removable', `the controller brings what no run could find again: ${names}`, {
    next: 'leave it out, or put it into the namespace that the definition is told',
  });
}

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
  await assertNoOtherRun(kube, namespaces);
  const leaving = new Set(namespaces.map(({ metadata }) => metadata.name));
  const refs = objects
    .filter(({ metadata: { namespace } }) => namespace === undefined || !leaving.has(namespace))
    .map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
      apiVersion,
      kind,
      name,
      ...(namespace !== undefined && { namespace }),
    }));
  // Without its pods a webhook would refuse what comes after.
  await kube.remove(refs.filter(({ kind }) => kind.endsWith('WebhookConfiguration')));
  await Promise.all(namespaces.map(({ metadata }) => endPods(kube, metadata.name)));
  await kube.remove(refs, { wait });
  return refs;
}

/** Throws an environment error where another run goes on in the cluster. */
export const assertUnused = async (kube: Kube): Promise<void> =>
  assertNoOtherRun(
    kube,
    await kube.list({ apiVersion: 'v1', kind: 'Namespace' }, { labels: { [ownedLabel]: 'true' } }),
  );

async function assertNoOtherRun(kube: Kube, namespaces: readonly KubernetesObject[]): Promise<void> {
  const run = await runThatGoesOn(kube, namespaces);
  if (run === undefined) return;
  throw environmentError('cluster-in-use', `another run uses this cluster: process ${run}`, {
    next: 'wait for it to end, or use another cluster',
  });
}

/** All that has the label. */
async function listOwned(kube: Kube): Promise<readonly KubernetesObject[]> {
  const listed = [...kinds, ...(await listable(kube, furtherKinds))];
  return (await Promise.all(listed.map((kind) => kube.list(kind, { labels: { [ownedLabel]: 'true' } })))).flat();
}

/**
 * Ends the pods of a namespace, and what would make them again, before it is removed: nobody is left for whom they would drain, and a
 * namespace that has seen a pod with a grace period waits for half of that before it looks again.
 */
async function endPods(kube: Kube, namespace: string): Promise<void> {
  // Who may not list the first has not made any.
  const workloads = await listable(kube, [
    { apiVersion: 'apps/v1', kind: 'DaemonSet' },
    { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  ]);
  for (const { apiVersion, kind } of [
    ...workloads,
    { apiVersion: 'apps/v1', kind: 'Deployment' },
    { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
    { apiVersion: 'v1', kind: 'Pod' },
  ]) {
    const objects = await kube.list({ apiVersion, kind }, { namespace });
    const refs = objects.map(({ metadata: { name } }) => ({ apiVersion, kind, namespace, name }));
    await kube.remove(refs, { graceSeconds: 0 });
  }
}

/** Those of the kinds whose objects the kubeconfig's user may list. */
async function listable(kube: Kube, wanted: readonly Kind[]): Promise<readonly Kind[]> {
  const answers = wanted.map(async (kind) =>
    (await kube.forbidden([{ ...kind, verb: 'list', namespace: '' }])).length === 0 ? [kind] : [],
  );
  return (await Promise.all(answers)).flat();
}

type Kind = (typeof kinds)[number];
