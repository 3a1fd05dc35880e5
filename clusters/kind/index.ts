import { cp, readFile } from 'node:fs/promises';
import { type ClusterHost, type ClusterStatus, defineCluster, flagOf } from '../../src/model/cluster.ts';
import { AssayError, environmentError, messageOf } from '../../src/model/errors.ts';
import { available } from './available.ts';
import { joinCluster } from './cluster.ts';
import { ownNodes } from './config.ts';
import { assertMadeBy, create } from './create.ts';
import { exportLogs } from './logs.ts';
import { containersOf, findOurs, notJoined, otherEngine } from './ours.ts';
import { remove } from './remove.ts';
import { kindNameOf, kubeconfigOf, logFolderOf, names, read } from './state.ts';

/** The cluster of that name as it fares now, if there is one; where the engine does not answer, one that failed for that. */
async function statusOf(name: string): Promise<ClusterStatus | undefined> {
  const common = { name, nodes: [], kubeconfigFile: '', logFolder: logFolderOf(name), versions: {}, processes: [] };
  try {
    const ours = await findOurs(name);
    if (ours === undefined) return undefined;
    const { sinceMs, keep, pid, engine } = ours.written;
    const status = { ...common, sinceMs, owner: keep ? (engine ?? 'docker') : `process ${pid}` };
    if (ours.kind === 'failed') return { ...status, state: 'failed', reason: ours.reason };
    if (ours.kind === 'starting') return { ...status, state: 'starting' };
    const { kubernetes = '', kind = '' } = ours.written.made ?? {};
    return {
      ...status,
      state: 'running',
      nodes: ours.containers.map((node) => ({ name: node.name, address: node.address })),
      kubeconfigFile: kubeconfigOf(name),
      versions: { kubernetes, kind },
    };
  } catch (thrown) {
    return { ...common, state: 'failed', reason: messageOf(thrown), sinceMs: Date.now(), owner: 'nobody' };
  }
}

/** Copies what was written while it was made, and what its nodes have; where these cannot be asked, an error that says where the rest is. */
async function salvageLogs(name: string, folder: string, { toolchain }: ClusterHost): Promise<void> {
  await cp(logFolderOf(name), folder, { recursive: true });
  try {
    const written = await read(name);
    if (written !== undefined && (await containersOf(name, written)) === undefined) throw otherEngine(name, written);
    const kind = (await toolchain.ensure(['kind'])).get('kind');
    await exportLogs(kind?.path ?? 'kind', kindNameOf(name), folder);
  } catch (cause) {
    throw environmentError('no-logs', `the nodes’ own logs are not to be had: ${messageOf(cause)}`, {
      ...(cause instanceof AssayError && cause.next !== undefined && { next: cause.next }),
      log: folder,
      cause,
    });
  }
}

const status = async (): Promise<readonly ClusterStatus[]> =>
  (await Promise.all((await names()).map(statusOf))).flatMap((one) => one ?? []);

/** Kubernetes as containers of Docker or Podman, made by kind. */
export default defineCluster({
  name: 'kind',
  summary: 'Kubernetes as containers, made by kind (needs Docker or Podman)',
  offers: {
    externalIPs: 'always',
    ownCluster: 'always',
    multiNode: 'from 2 nodes; it has 3 unasked',
    stopNode: 'from 3 nodes: `docker stop` of a worker',
    clientAddress: 'always: the client is a container on the nodes’ network',
  },
  clientInContainer: true,
  defaultNodes: ownNodes,
  flags: [{ name: 'kind-config', argument: '<file>', description: 'a kind configuration instead of kind-config.yaml' }],
  available: () => available(),
  create,
  async attach(name, host, flags = {}) {
    const ours = await findOurs(name);
    if (ours === undefined) return undefined;
    if (ours.kind !== 'running') throw notJoined(name, ours.kind === 'failed' ? ours.reason : 'it is still starting');
    const { kubernetes = '', kind = '' } = ours.written.made ?? {};
    await assertMadeBy(name, flagOf(flags, 'kind-config'));
    const kubeconfig = await readFile(kubeconfigOf(name), 'utf8');
    const facts = { name, kubeconfig, containers: ours.containers, versions: { kubernetes, kind } };
    return joinCluster(facts, host, async () => {});
  },
  remove,
  list: async () => (await status()).filter(({ state }) => state === 'running').map(({ name }) => name),
  status,
  salvageLogs,
});
