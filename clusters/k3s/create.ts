import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKube } from '../../src/kube/create-kube.ts';
import { readyCluster } from '../../src/kube/ready-cluster.ts';
import { type Cluster, type ClusterHost, type ClusterOptions, flagOf } from '../../src/model/cluster.ts';
import { environmentError, usageError } from '../../src/model/errors.ts';
import { kubernetesVersion } from '../../src/toolchain/kubernetes.ts';
import { runLeashed } from '../../src/toolchain/leash.ts';
import { startPlaced } from '../../src/toolchain/start-placed.ts';
import { startContainers } from './containers.ts';
import { haveImage, imageOf } from './image.ts';

/** Makes a cluster of one k3s node, with a client outside beside it. Both end when it is disposed, or with this process. */
export async function create(options: ClusterOptions, { toolchain, progress, signal }: ClusterHost): Promise<Cluster> {
  const { name, nodes, kubernetes = `v${kubernetesVersion}`, keep, logFolder, flags = {} } = options;
  if (keep) throw usageError('cluster-not-kept', 'a k3s cluster ends with what made it', { next: 'use kind or local' });
  if (nodes !== 1) throw usageError('cluster-nodes', `a k3s cluster has one node, not ${nodes}`);
  const image = imageOf(kubernetes, flagOf(flags, 'k3s-image'));
  const kubectl = (await toolchain.ensure(['kubectl'])).get('kubectl')?.path ?? 'kubectl';
  await haveImage(image, progress, signal);
  await mkdir(logFolder, { recursive: true });
  const logFile = join(logFolder, `${name}.log`);
  const containers = await progress.step(`k3s (${image})`, () => startContainers(name, image, logFile, signal));
  const { kubeconfig, node, clientId } = containers;
  const watch = await startPlaced(['docker', 'wait', node.id]);
  const failed = new AbortController();
  const keepLog = async (file: string) => {
    await runLeashed(['docker', 'logs', node.id], { signal: new AbortController().signal, logFile: file });
  };
  const end = async () => {
    await watch[Symbol.asyncDispose]();
    await containers[Symbol.asyncDispose]();
  };
  try {
    void watch.exited.then(() =>
      failed.abort(
        environmentError('node-died', `the k3s container ${node.name} ended, or Docker did`, {
          next: `see ${logFile}`,
        }),
      ),
    );
    const kube = createKube(kubeconfig, AbortSignal.any([signal, failed.signal]));
    const version = await readyCluster(kube, 1, progress);
    const kubeconfigFile = join(logFolder, 'kubeconfig');
    await writeFile(kubeconfigFile, kubeconfig, { mode: 0o600 });
    return {
      provider: 'k3s',
      name,
      kubeconfig,
      nodes: [{ name: node.name, address: node.address, controlPlane: true }],
      capabilities: ['ownCluster', 'clientAddress'],
      versions: { kubernetes: version },
      failed: failed.signal,
      start(place, argv) {
        if (place.kind === 'external') return startPlaced(['docker', 'exec', '--interactive', clientId, ...argv]);
        const container = place.container === undefined ? [] : [`--container=${place.container}`];
        const pod = [`--namespace=${place.namespace}`, 'exec', '--stdin', place.name, ...container];
        return startPlaced([kubectl, `--kubeconfig=${kubeconfigFile}`, ...pod, '--', ...argv]);
      },
      async collectLogs(folder) {
        await mkdir(folder, { recursive: true });
        const file = join(folder, `${node.name}.log`);
        await keepLog(file);
        return [file];
      },
      [Symbol.asyncDispose]: end,
    };
  } catch (thrown) {
    await keepLog(logFile).catch(() => {}); // what was started ends whether or not its log can be kept
    await end();
    throw thrown;
  }
}
