import type { Kube } from '../kube/kube.ts';
import { inNamespace } from '../kube/namespaced.ts';
import type { Controller, ControllerSettings } from '../model/controller.ts';
import { AssayError, environmentError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { owned } from './owned.ts';

const namesOf = (objects: readonly KubernetesObject[], kind: string): readonly string[] =>
  objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);

/** Applies objects into a namespace, marked as ours, and waits until their Deployments and pods are ready. */
export async function applyAndWait(kube: Kube, namespace: string, objects: readonly KubernetesObject[]): Promise<void> {
  await kube.apply(inNamespace(objects, namespace).map(owned));
  const pods = namesOf(objects, 'Pod');
  await Promise.all([
    kube.rollout(namespace, namesOf(objects, 'Deployment')),
    ...pods.map((name) => podReady(kube, namespace, name)),
  ]);
}

const podReady = (kube: Kube, namespace: string, name: string): Promise<unknown> =>
  kube.waitFor(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace, name },
    ([pod]) => pod?.status?.conditions?.find(({ type, status }: Condition) => type === 'Ready' && status === 'True'),
    `pod ${namespace}/${name} to be ready`,
  );

interface Condition {
  readonly type: string;
  readonly status: string;
}

/** Installs a controller and waits until it is ready. One that crashes or never gets ready is an environment error. */
export async function installController(
  kube: Kube,
  controller: Controller,
  settings: ControllerSettings,
): Promise<void> {
  const objects = await controller.manifests(settings);
  try {
    await applyAndWait(kube, settings.namespace, objects);
  } catch (thrown) {
    if (
      !(thrown instanceof AssayError) ||
      !['rollout-failed', 'rollout-timeout', 'pod-cannot-start'].includes(thrown.code)
    )
      throw thrown;
    throw environmentError('controller-not-ready', `${controller.title} does not get ready: ${thrown.message}`, {
      next: thrown.next ?? `kubectl -n ${settings.namespace} describe pods`,
      cause: thrown,
    });
  }
}
