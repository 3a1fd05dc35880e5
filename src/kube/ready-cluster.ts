import type { Progress } from '../model/progress.ts';
import { timeouts } from '../model/timeouts.ts';
import { isReady } from './explain-pod.ts';
import type { Kube } from './kube.ts';

/** Waits until that many nodes and the cluster's DNS are ready, and says which Kubernetes the nodes have. */
export const readyCluster = (kube: Kube, nodes: number, progress: Progress): Promise<string> =>
  progress.step('nodes and cluster DNS', async () => {
    const version = await kube.waitFor(
      { apiVersion: 'v1', kind: 'Node' },
      {},
      (found) =>
        found.length === nodes && found.every(isReady) ? String(found[0]?.status.nodeInfo.kubeletVersion) : undefined,
      `${nodes} Ready nodes`,
      timeouts.nodeReadyMs,
    );
    // k3s makes it beside all else, and may have a Ready node before.
    await kube.waitFor(
      { apiVersion: 'apps/v1', kind: 'Deployment' },
      { namespace: 'kube-system', name: 'coredns' },
      ([found]) => found,
      'the Deployment of the cluster DNS',
    );
    await kube.rollout('kube-system', ['coredns']);
    return version;
  });
