import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKube } from '../../src/kube/create-kube.ts';
import { readyCluster } from '../../src/kube/ready-cluster.ts';
import { type Cluster, type ClusterHost, type ClusterOptions, flagOf } from '../../src/model/cluster.ts';
import { environmentError, messageOf, usageError } from '../../src/model/errors.ts';
import { kubernetesVersion } from '../../src/toolchain/kubernetes.ts';
import { runLeashed } from '../../src/toolchain/leash.ts';
import { joinCluster } from './cluster.ts';
import { configOf, type KindConfig, ownNodes, readConfig } from './config.ts';
import { engineId, nodeContainers } from './containers.ts';
import { explained } from './explain.ts';
import { haveImages, nodeImage } from './images.ts';
import { findOurs } from './ours.ts';
import { remove, sweep } from './remove.ts';
import {
  claim,
  folderOf,
  forget,
  kindNameOf,
  kubeconfigOf,
  logFolderOf,
  names,
  newlyWritten,
  read,
  write,
} from './state.ts';

/** How long kind waits for the control plane: several times what a slow machine was seen to need. */
const kindWaits = '5m';

const ourMinor = `v${kubernetesVersion.replace(/\.\d+$/, '')}`;

/** Makes a kind cluster and joins it. One that is not to be kept ends when it is disposed, or with the next run after this process. */
export async function create(options: ClusterOptions, host: ClusterHost): Promise<Cluster> {
  const { name, keep } = options;
  const config = await configFor(options);
  await sweep(host);
  if ((await nodeContainers(kindNameOf(name))).length > 0) throw await taken(name);
  const id = await engineId();
  if (!(await claim(name, keep, id))) throw await taken(name);
  try {
    const { facts, made } = await make(options, config, host);
    await write(name, newlyWritten({ keep, engineId: id, made }));
    return await joinCluster(facts, host, async () => {
      if (!keep) await removeOrSay(name, host);
    });
  } catch (error) {
    // kind found another's cluster of that name, made since we looked: what is written down goes, and no more.
    if ((error as { code?: string }).code === 'foreign-cluster') await forget(name);
    else await remove(name, host).catch((thrown: unknown) => host.progress.note(String(thrown)));
    throw error;
  }
}

async function removeOrSay(name: string, host: ClusterHost): Promise<void> {
  await remove(name, host).catch((cause: unknown) => {
    throw environmentError('cluster-not-removed', `${kindNameOf(name)} is not removed: ${messageOf(cause)}`, {
      next: `the next run removes it, as does ingress-assay cluster down --cluster kind ${name}`,
      cause,
    });
  });
}

async function taken(name: string) {
  if ((await findOurs(name)) !== undefined) {
    return usageError('cluster-exists', `there is a kind cluster "${name}" of ours already`, {
      next: `use it, remove it with ingress-assay cluster down --cluster kind ${name}, or choose another --name`,
    });
  }
  if ((await read(name)) === undefined && (await names()).includes(name)) {
    return environmentError('cluster-state', `what ${folderOf(name)} says of a cluster "${name}" cannot be read`, {
      next: 'use the version of this program that wrote it, remove that folder, or choose another --name',
    });
  }
  return explained(`cluster "${name}"`, `node(s) already exist for a cluster with the name "${kindNameOf(name)}"`);
}

async function configFor({ nodes, flags = {} }: ClusterOptions): Promise<KindConfig> {
  const file = flagOf(flags, 'kind-config');
  if (file === undefined) return configOf(nodes);
  const config = await readConfig(file);
  if (nodes !== ownNodes && nodes !== config.nodes)
    throw usageError('cluster-nodes', `${file} has ${config.nodes} nodes, not ${nodes}`, {
      next: 'leave out --nodes, or edit the file',
    });
  return config;
}

const configFileOf = (name: string): string => join(folderOf(name), 'kind-config.yaml');

/** Throws a usage error where a configuration is named that is not the one this cluster was made by. */
export async function assertMadeBy(name: string, file: string | undefined): Promise<void> {
  if (file === undefined || (await readConfig(file)).text === (await readFile(configFileOf(name), 'utf8'))) return;
  throw usageError('cluster-differs', `the kept cluster ${name} was not made by ${file} as it is now`, {
    next: 'leave out --kind-config, or take another --name',
  });
}

async function make(options: ClusterOptions, config: KindConfig, host: ClusterHost) {
  const { name, kubernetes, logFolder } = options;
  const { progress, signal, toolchain } = host;
  const kind = (await toolchain.ensure(['kind', 'kubectl'])).get('kind');
  const image =
    kubernetes === undefined && config.namesImages ? undefined : await nodeImage(kubernetes, ourMinor, signal);
  if (image !== undefined) await haveImages([image], progress, signal);
  const configFile = configFileOf(name);
  await writeFile(configFile, config.text);
  const log = join(logFolderOf(name), 'kind.log');
  await progress.step(`kind cluster of ${config.nodes} nodes`, async (report) => {
    const create = [kind?.path ?? 'kind', 'create', 'cluster', '--name', kindNameOf(name)];
    const how = ['--config', configFile, '--kubeconfig', kubeconfigOf(name), '--wait', kindWaits];
    const end = await runLeashed([...create, ...how, ...(image === undefined ? [] : ['--image', image])], {
      signal,
      onLine: (line) => report(line.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')),
    });
    const printed = end.kind === 'missing' ? 'kind is not where it was found' : end.output.join('\n');
    await writeFile(log, `${printed}\n`);
    if (end.kind === 'ended' && end.code === 0) return;
    // What is written down of the cluster goes with it, its log too.
    const kept = join(logFolder, 'kind.log');
    if (logFolder !== '') await cp(log, kept);
    throw explained('kind cannot make the cluster', printed, logFolder === '' ? undefined : kept);
  });
  const containers = await nodeContainers(kindNameOf(name));
  const kubeconfig = await readFile(kubeconfigOf(name), 'utf8');
  const versions = {
    kubernetes: await readyCluster(createKube(kubeconfig, signal), config.nodes, progress),
    kind: `v${kind?.version}`,
  };
  const made = { ...versions, containers: containers.map(({ id }) => id) };
  return { made, facts: { name, kubeconfig, containers, versions } };
}
