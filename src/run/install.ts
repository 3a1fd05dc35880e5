import type { Kube, WorkloadKind } from '../kube/kube.ts';
import type { ControllerSettings } from '../model/controller.ts';
import { AssayError, environmentError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { owned } from './owned.ts';
import type { Rendered } from './render-chart.ts';

const workloadKinds: readonly WorkloadKind[] = ['Deployment', 'DaemonSet', 'StatefulSet'];

/** Applies objects into a namespace, marked as ours, and returns them as they went there. */
export async function applyOwned(
  kube: Kube,
  namespace: string,
  objects: readonly KubernetesObject[],
): Promise<readonly KubernetesObject[]> {
  const placed = (await kube.inNamespace(objects, namespace)).map(owned);
  await kube.apply(placed);
  return placed;
}

/** Waits until the workloads and pods among these objects are ready, in the namespace they name or else in this one. */
export async function readyIn(kube: Kube, namespace: string, objects: readonly KubernetesObject[]): Promise<void> {
  // Few name a namespace of their own.
  const whereOf = ({ metadata }: KubernetesObject) => metadata.namespace ?? namespace;
  await Promise.all(
    [...new Set(objects.map(whereOf))].flatMap((where) => {
      const namesOf = (wanted: string) =>
        objects.filter((object) => object.kind === wanted && whereOf(object) === where).map(nameOf);
      return [
        ...workloadKinds.map(async (kind) => {
          const names = namesOf(kind);
          if (names.length > 0) await kube.rollout(where, names, { kind });
        }),
        ...namesOf('Pod').map((name) => podReady(kube, where, name)),
      ];
    }),
  );
}

/** Applies objects into a namespace, marked as ours, and waits until their workloads and pods are ready. */
export async function applyAndWait(kube: Kube, namespace: string, objects: readonly KubernetesObject[]): Promise<void> {
  await readyIn(kube, namespace, await applyOwned(kube, namespace, objects));
}

const nameOf = ({ metadata }: KubernetesObject): string => metadata.name;

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
export async function installController(kube: Kube, controller: Rendered, settings: ControllerSettings): Promise<void> {
  const steps = (await controller.steps?.(settings)) ?? [await controller.manifests(settings)];
  try {
    for (const objects of steps) await applyAndWait(kube, settings.namespace, objects);
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
