import type { Capability, Cluster, ClusterHost } from '../../src/model/cluster.ts';
import { startPlaced } from '../../src/toolchain/start-placed.ts';
import { startClient } from './client.ts';
import type { NodeContainer } from './containers.ts';
import { engineOf } from './engine.ts';
import { haveImages, loadImages } from './images.ts';
import { exportLogs } from './logs.ts';
import { openShell } from './node-shell.ts';
import { kindNameOf, kubeconfigOf } from './state.ts';
import { stopNode } from './stop-node.ts';
import { readUsage } from './usage.ts';
import { watchNodes } from './watch.ts';

/** What is known of a kind cluster that runs. */
export interface KindFacts {
  readonly name: string;
  readonly kubeconfig: string;
  readonly containers: readonly NodeContainer[];
  readonly versions: Readonly<Record<string, string>>;
}

/** Joins a kind cluster that runs: starts its client outside and a watch over its nodes. `end` comes after both are given back. */
export async function joinCluster(
  { name, kubeconfig, containers, versions }: KindFacts,
  { toolchain, progress, signal }: ClusterHost,
  end: () => Promise<void>,
): Promise<Cluster> {
  const kindName = kindNameOf(name);
  const programs = await toolchain.ensure(['kind', 'kubectl']);
  const pathOf = (program: string) => programs.get(program)?.path ?? program;
  const watch = await watchNodes(containers);
  const network = containers[0]?.network ?? 'kind';
  const client = await startClient(kindName, network, progress, signal).catch(async (error: unknown) => {
    await watch[Symbol.asyncDispose]();
    throw error;
  });
  const usage = readUsage((node) =>
    openShell(node, () => startPlaced([engineOf(), 'exec', '--interactive', node, 'sh'])),
  );
  const workers = containers.filter(({ role }) => role === 'worker');
  /** Those on which pods land: kind keeps them from a control plane that has workers. */
  const podNodes = (workers.length > 0 ? workers : containers).map((node) => node.name);
  const capabilities: readonly Capability[] = [
    'externalIPs',
    'ownCluster',
    'clientAddress',
    ...(containers.length > 1 ? (['multiNode'] as const) : []),
    ...(workers.length > 1 ? (['stopNode'] as const) : []),
  ];
  return {
    provider: 'kind',
    name,
    kubeconfig,
    nodes: containers.map(({ name, address, role }) => ({
      name,
      address,
      ...(role === 'control-plane' && { controlPlane: true }),
    })),
    capabilities,
    versions,
    failed: watch.failed,
    start(place, argv) {
      if (place.kind === 'external') return startPlaced([engineOf(), 'exec', '--interactive', client.id, ...argv]);
      const container = place.container === undefined ? [] : [`--container=${place.container}`];
      const pod = [`--namespace=${place.namespace}`, 'exec', '--stdin', place.name, ...container];
      return startPlaced([pathOf('kubectl'), `--kubeconfig=${kubeconfigOf(name)}`, ...pod, '--', ...argv]);
    },
    stopNode: (node) => stopNode(node, watch),
    usage: usage.ofPods,
    nodesUsage: () => usage.ofNodes(containers.map(({ name }) => name)),
    ...(client.goesFirst && {
      precedence: 'the container of the generator has the greatest weight that there is of CPU',
    }),
    async bringImages(images) {
      await haveImages(images, progress, signal);
      await progress.step('load images into the nodes', (report) =>
        loadImages(images, { kind: pathOf('kind'), kindName, nodes: podNodes }, { signal, onLine: report }),
      );
    },
    collectLogs: (folder) => exportLogs(pathOf('kind'), kindName, folder),
    async [Symbol.asyncDispose]() {
      await usage[Symbol.asyncDispose]();
      await client[Symbol.asyncDispose]();
      await watch[Symbol.asyncDispose]();
      await end();
    },
  };
}
