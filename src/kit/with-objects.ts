import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Kit } from './kit.ts';

/**
 * Applies objects that a controller may choke on, waits until it has read past them, does what is to be done while they are there, and
 * takes them away again. For risky and exclusive checks. `work` is told how long their routes may still take, in ms.
 */
export async function withObjects<T>(
  { kube, namespace, caughtUp }: Kit,
  objects: readonly KubernetesObject[],
  work: (settleMs: number) => Promise<T>,
): Promise<T> {
  const refs = objects.map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, namespace, name: metadata.name }));
  try {
    await kube.apply(objects);
    return await work(await caughtUp());
  } finally {
    await kube.remove(refs);
  }
}
