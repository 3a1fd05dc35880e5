import type { Kube, WorkloadKind } from '../kube/kube.ts';
import type { ControllerSettings } from '../model/controller.ts';
import { AssayError, environmentError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { owned } from './owned.ts';
import type { Rendered } from './render-chart.ts';

const workloadKinds: readonly WorkloadKind[] = ['Deployment', 'DaemonSet', 'StatefulSet'];

/** Applies objects into a namespace, marked as ours, and waits until their workloads and pods are ready. */
export async function applyAndWait(kube: Kube, namespace: string, objects: readonly KubernetesObject[]): Promise<void> {
  const placed = (await kube.inNamespace(objects, namespace)).map(owned);
  await kube.apply(placed);
  // Few name a namespace of their own.
  const namespaces = [...new Set(placed.flatMap(({ metadata }) => metadata.namespace ?? []))];
  await Promise.all(
    namespaces.flatMap((where) => {
      const namesOf = (wanted: string) =>
        placed.filter(({ kind, metadata }) => kind === wanted && metadata.namespace === where).map(nameOf);
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
