import { join } from 'node:path';
import { createKube } from '../../src/kube/create-kube.ts';
import type { Kube } from '../../src/kube/kube.ts';
import { readManifest } from '../../src/kube/manifest.ts';
import type { Cluster, ClusterHost, ClusterOptions } from '../../src/model/cluster.ts';
import { usageError } from '../../src/model/errors.ts';
import type { Installed } from '../../src/model/program.ts';
import { timeouts } from '../../src/model/timeouts.ts';
import { packageRoot } from '../../src/paths.ts';
import { type ClusterFacts, clusterOf } from './cluster.ts';
import { givenImages } from './given-images.ts';
import { mostNodes, type Plan, type ProgramName, planNodes, programNames } from './plan.ts';
import { startRunning } from './running.ts';

/** A cluster that this process owns, with what others need to know of it. */
export interface Owned {
  readonly facts: ClusterFacts;
  readonly cluster: Cluster;
}

/** Makes a cluster that ends with this process. */
export async function createOwned(options: ClusterOptions, host: ClusterHost): Promise<Owned> {
  const plan = await makePlan(options, host);
  const running = await startRunning(plan, host);
  const end = async () => running[Symbol.asyncDispose]();
  try {
    const { kubeconfig, apiPort, pid, failed } = running;
    const kube = createKube(kubeconfig, AbortSignal.any([host.signal, failed]));
    await host.progress.step('nodes and cluster DNS', () => furnish(kube, plan));
    const { name, nodes, images, logFolder } = plan;
    const facts = { name, nodes, images, versions: versionsOf(plan), kubeconfig, apiPort, pid, logFolder };
    return { facts, cluster: clusterOf(facts, { failed, end }, host.toolchain) };
  } catch (error) {
    await end();
    throw error;
  }
}

async function makePlan(
  { name, nodes, kubernetes, logFolder, flags }: ClusterOptions,
  host: ClusterHost,
): Promise<Plan> {
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > mostNodes)
    throw usageError('cluster-nodes', `a local cluster has 1 to ${mostNodes} nodes, not ${nodes}`);
  const images = await givenImages(flags);
  const brought = await host.toolchain.ensure(programNames);
  const programs = Object.fromEntries(brought) as Record<ProgramName, Installed>;
  const version = `v${programs['kube-apiserver'].version}`;
  if (kubernetes !== undefined && !`${version}.`.startsWith(`${kubernetes}.`))
    throw usageError('kubernetes-version', `the local cluster is Kubernetes ${version}, not ${kubernetes}`, {
      next: 'leave out the version, or use --cluster kind',
    });
  return { name, nodes: planNodes(nodes), programs, images, logFolder };
}

const versionsOf = ({ programs }: Plan): Readonly<Record<string, string>> => ({
  kubernetes: `v${programs['kube-apiserver'].version}`,
  etcd: programs.etcd.version,
  coredns: programs.coredns.version,
  nftables: programs.nft.version,
});

/** What every cluster has before anyone uses it: nodes that are Ready, and DNS. */
async function furnish(kube: Kube, { nodes }: Plan): Promise<void> {
  const files = ['kubelet-access.yaml', 'one-user.yaml', 'coredns.yaml'];
  const manifests = await Promise.all(
    files.map((file) => readManifest(join(packageRoot, 'fixtures', 'cluster', file))),
  );
  await kube.apply(manifests.flat());
  await Promise.all([
    kube.waitFor(
      { apiVersion: 'v1', kind: 'Node' },
      {},
      allReady(nodes.length),
      `${nodes.length} Ready nodes`,
      timeouts.nodeReadyMs,
    ),
    kube.rollout('kube-system', ['coredns']),
  ]);
}

interface NodeObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

const isReady = ({ status }: NodeObject): boolean =>
  status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;

const allReady = (count: number) => (objects: readonly unknown[]) =>
  objects.length === count && objects.every((object) => isReady(object as NodeObject)) ? true : undefined;
