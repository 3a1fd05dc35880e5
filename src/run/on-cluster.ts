import { createKube } from '../kube/create-kube.ts';
import type { Kube } from '../kube/kube.ts';
import type { Cluster, ClusterHost, ClusterProvider } from '../model/cluster.ts';
import { messageOf } from '../model/errors.ts';
import { acquireCluster, type ClusterWish } from './acquire-cluster.ts';
import { causeOf } from './cause.ts';
import { firstOf } from './ending.ts';
import { removeOwned } from './owned.ts';
import type { Phases } from './phases.ts';

/** What a run does with the cluster it gets. */
export interface Errand {
  /** Called on a cluster that was there before, before anything is made. */
  makeRoom(kube: Kube, cluster: Cluster): Promise<void>;
  /** What the run is for. */
  work(cluster: Cluster): Promise<void>;
  /** Whether something went wrong that the cluster's logs may explain, beside what `work` throws. */
  isSuspect(): boolean;
  /** Told what ended the work, if anything did, before the teardown begins. */
  done(thrown: unknown): Promise<void>;
}

/** Makes or joins a cluster, does the work, and takes back what was taken. Throws only what went wrong before the work and after it. */
export async function onCluster(
  providers: readonly ClusterProvider[],
  wish: ClusterWish,
  host: ClusterHost,
  phases: Phases,
  errand: Errand,
): Promise<void> {
  const { cluster, attached } = await phases.time('cluster', () => acquireCluster(providers, wish, host));
  let endTeardown = () => {};
  try {
    await using _cluster = cluster;
    if (attached)
      await phases.time('cleanup', () => errand.makeRoom(createKube(cluster.kubeconfig, host.signal), cluster));
    await using _made = attached || wish.keep ? removalOf(cluster, host) : undefined;
    let thrown: unknown;
    try {
      await errand.work(cluster);
    } catch (error) {
      thrown = await causeOf(firstOf(error), cluster.failed);
    }
    if (thrown !== undefined || errand.isSuspect()) await keepLogs(cluster, wish.logFolder, host);
    await errand.done(thrown);
    endTeardown = phases.start('teardown');
  } finally {
    endTeardown();
  }
}

/** Takes away what the run has made on a cluster that stays, unless that cluster has died. */
const removalOf = (cluster: Cluster, { progress }: ClusterHost): AsyncDisposable => ({
  async [Symbol.asyncDispose]() {
    if (cluster.failed.aborted) return;
    await progress.step('remove what the run has made', () =>
      // The pods have ended. The API server keeps a namespace for some 5 s more, in which nobody has to wait but the next run.
      removeOwned(createKube(cluster.kubeconfig, cluster.failed), { wait: false }),
    );
  },
});

const keepLogs = (cluster: Cluster, folder: string, host: ClusterHost): Promise<unknown> =>
  cluster.collectLogs(folder).catch((error: unknown) => {
    host.progress.note(`the cluster's logs could not be collected: ${messageOf(error)}`);
  });
