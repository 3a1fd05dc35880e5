import { isReady } from '../kube/explain-pod.ts';
import type { Kube } from '../kube/kube.ts';
import type { Cluster } from '../model/cluster.ts';
import { timeouts } from '../model/timeouts.ts';

/** Stops nodes of a cluster as it does; one that is given back is Ready again before anything goes on. Whatever was ever stopped goes into `stopped`. */
export function stopsNodes(
  kube: Kube,
  { stopNode }: Pick<Cluster, 'stopNode'>,
  stopped: Set<string>,
): Pick<Cluster, 'stopNode'> {
  if (stopNode === undefined) return {};
  const lease = (name: string) => ({
    kind: { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' },
    where: { namespace: 'kube-node-lease', name },
  });
  const renewal = async (name: string): Promise<unknown> => {
    const { kind, where } = lease(name);
    return (await kube.get({ ...kind, ...where }))?.spec.renewTime;
  };
  return {
    async stopNode(name) {
      stopped.add(name);
      const node = await stopNode(name);
      return {
        async [Symbol.asyncDispose]() {
          // What the API says of a node it has not heard of may be old: only a renewed lease is a sign of life.
          const before = await renewal(name);
          await node[Symbol.asyncDispose]();
          const { kind, where } = lease(name);
          await kube.waitFor(
            kind,
            where,
            ([now]) => (now !== undefined && now.spec.renewTime !== before) || undefined,
            `node ${name} to be heard of again`,
            timeouts.nodeBackMs,
          );
          await kube.waitFor(
            { apiVersion: 'v1', kind: 'Node' },
            { name },
            ([now]) => (now !== undefined && isReady(now)) || undefined,
            `node ${name} to be Ready again`,
            timeouts.nodeBackMs,
          );
        },
      };
    },
  };
}
