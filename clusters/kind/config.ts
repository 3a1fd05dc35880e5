import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument, YAMLMap, YAMLSeq } from 'yaml';
import { messageOf, usageError } from '../../src/model/errors.ts';
import { packageRoot } from '../../src/paths.ts';

/** The kind configuration that comes with this package. */
export const ownConfigFile = join(packageRoot, 'kind-config.yaml');

/** How many nodes it has. */
export const ownNodes = 3;

/** A kind configuration, ready to be given to kind. */
export interface KindConfig {
  readonly text: string;
  readonly nodes: number;
  /** Whether its nodes name their images, so that none has to be chosen. */
  readonly namesImages: boolean;
}

/** The configuration in a file of the user's, as it is. One that is no kind configuration is a usage error. */
export async function readConfig(file: string): Promise<KindConfig> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw usageError('kind-config', `${file} cannot be read: ${messageOf(cause)}`, {
      next: `name a kind configuration with --kind-config; ours is ${ownConfigFile}`,
      cause,
    });
  });
  const document = parseDocument(text);
  const [problem] = document.errors;
  const value = problem === undefined ? document.toJS() : undefined;
  if (value?.kind !== 'Cluster' || !String(value.apiVersion).startsWith('kind.x-k8s.io/'))
    throw usageError('kind-config', `${file} is no kind configuration: ${problem?.message ?? 'no kind: Cluster'}`, {
      next: 'https://kind.sigs.k8s.io/docs/user/configuration/',
    });
  const nodes: readonly { image?: string }[] = value.nodes ?? [{}];
  return { text, nodes: nodes.length, namesImages: nodes.every(({ image }) => image !== undefined) };
}

/** Our own configuration with that many nodes in all. */
export async function configOf(nodes: number): Promise<KindConfig> {
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 9)
    throw usageError('cluster-nodes', `a kind cluster has 1 to 9 nodes, not ${nodes}`);
  const document = parseDocument(await readFile(ownConfigFile, 'utf8'));
  const list = document.get('nodes');
  if (!(list instanceof YAMLSeq)) throw usageError('kind-config', `${ownConfigFile} has no nodes`);
  const controlPlanes = list.items.filter((item) => item instanceof YAMLMap && item.get('role') !== 'worker');
  const workers = Array.from({ length: nodes - controlPlanes.length }, () => document.createNode({ role: 'worker' }));
  list.items = [...controlPlanes, ...workers];
  return { text: document.toString(), nodes, namesImages: false };
}
