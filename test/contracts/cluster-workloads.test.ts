import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster, ClusterHost } from '../../src/model/cluster.ts';
import { type KubernetesObject, ownedLabel } from '../../src/model/kubernetes.ts';
import { silentProgress } from '../../src/model/progress.ts';
import { timeouts } from '../../src/model/timeouts.ts';
import { readClusterProviders } from '../../src/run/catalogue.ts';
import { createToolchain } from '../../src/toolchain/toolchain.ts';
import { controllers } from './workloads/controllers.ts';
import { environment } from './workloads/environment.ts';
import { exec } from './workloads/exec.ts';
import { initContainers } from './workloads/init-containers.ts';
import { lifecycle } from './workloads/lifecycle.ts';
import { logsClaims } from './workloads/logs.ts';
import { network } from './workloads/network.ts';
import { probes } from './workloads/probes.ts';
import { volumes } from './workloads/volumes.ts';
import { benchOn } from './workloads/workbench.ts';

// What Deployments, Services and controllers rely on: the same of every cluster. All that is given goes in first and
// starts side by side; each claim then waits for its own.
const groups = [environment, volumes, initContainers, probes, lifecycle, network, logsClaims, exec, controllers];

const signal = new AbortController().signal;
const host: ClusterHost = {
  progress: silentProgress,
  signal,
  toolchain: createToolchain({ progress: silentProgress, signal }),
};

/** The name of a kept cluster to use instead of a new one. */
const kept = process.env.INGRESS_ASSAY_TEST_CLUSTER;

for (const provider of await readClusterProviders())
  describe(`workloads on a ${provider.name} cluster`, function () {
    this.timeout(timeouts.rolloutMs);
    const namespace = `workloads-${process.pid}`;
    const objects: KubernetesObject[] = [];
    let cluster: Cluster | undefined;
    let logFolder = '';
    const bench = benchOn(namespace, () => {
      if (cluster === undefined) throw new Error('there is no cluster yet');
      return cluster;
    });

    before(async function () {
      const answer = await provider.available(host);
      if (answer.kind === 'unavailable') return this.skip();
      logFolder = await mkdtemp(join(tmpdir(), 'assay-workloads-'));
      cluster = kept
        ? await provider.attach(kept, host)
        : await provider.create({ name: namespace, nodes: 1, keep: false, logFolder }, host);
      if (cluster === undefined) throw new Error(`there is no ${provider.name} cluster "${kept}"`);
      const owner = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace, labels: { [ownedLabel]: 'true' } },
      };
      await bench.kube.apply([owner]);
      await bench.kube.waitFor(
        { apiVersion: 'v1', kind: 'ServiceAccount' },
        { namespace, name: 'default' },
        ([account]) => account,
        'the default ServiceAccount',
      );
      await bench.kube.apply(await bench.kube.inNamespace(objects, namespace));
    });
    after(async () => {
      if (cluster === undefined) return;
      if (kept) await bench.kube.remove([{ apiVersion: 'v1', kind: 'Namespace', name: namespace }]);
      await cluster[Symbol.asyncDispose]();
      await rm(logFolder, { recursive: true, force: true });
    });
    for (const group of groups) group(bench, (...given) => objects.push(...given));
  });
