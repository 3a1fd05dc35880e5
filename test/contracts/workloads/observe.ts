import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { podKind, type Workbench } from './workbench.ts';

/** The state of one container of a pod, by name. */
export const statusOf = (pod: KubernetesObject, name = 'main') =>
  [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])].find(
    (status: { name: string }) => status.name === name,
  );

/** Waits until one pod satisfies `wanted` and returns it as it then was. */
export const podWhen = (
  bench: Workbench,
  name: string,
  what: string,
  wanted: (pod: KubernetesObject) => unknown,
): Promise<KubernetesObject> =>
  bench.kube.waitFor(
    podKind,
    { namespace: bench.namespace, name },
    ([pod]) => (pod !== undefined && wanted(pod) ? pod : undefined),
    `pod ${name} ${what}`,
  );

/** Waits until all containers of a pod have ended for good. */
export const ended = (bench: Workbench, name: string): Promise<KubernetesObject> =>
  podWhen(bench, name, 'to end', ({ status }) => status?.phase === 'Succeeded' || status?.phase === 'Failed');

export const isReady = ({ status }: KubernetesObject): boolean =>
  status?.conditions?.some((one: { type: string; status: string }) => one.type === 'Ready' && one.status === 'True');

export const ready = (bench: Workbench, name: string): Promise<KubernetesObject> =>
  podWhen(bench, name, 'to be ready', isReady);

export const logs = (bench: Workbench, name: string, container?: string): Promise<string> =>
  bench.kube.logs({ namespace: bench.namespace, name, ...(container === undefined ? {} : { container }) });

/** What a pod that prints one JSON value printed. */
export async function printed(bench: Workbench, name: string) {
  const { status } = await ended(bench, name);
  const log = await logs(bench, name);
  if (status.phase !== 'Succeeded') throw new Error(`pod ${name} failed: ${log}`);
  return JSON.parse(log);
}

export const remove = (bench: Workbench, name: string, wait = false): Promise<void> =>
  bench.kube.remove([{ ...podKind, name, namespace: bench.namespace }], { wait });

/** Waits for an event about an object of that name that says so; others of the same reason may come before it. */
export const event = (bench: Workbench, name: string, reason: string, message: RegExp): Promise<KubernetesObject> =>
  bench.kube.waitFor(
    { apiVersion: 'v1', kind: 'Event' },
    { namespace: bench.namespace },
    (events) =>
      events.find((one) => one.involvedObject.name === name && one.reason === reason && message.test(one.message)),
    `event ${reason} of ${name} that says ${message}`,
  );
