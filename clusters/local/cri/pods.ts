import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentError } from '../../../src/model/errors.ts';
import type { AddressPool } from './addresses.ts';
import { type Container, removeContainer, startContainer, stopContainer } from './container.ts';
import type { HostTree } from './host-tree.ts';
import type { ContainerConfig, SandboxConfig } from './messages.ts';
import type { Image, PodName } from './runtime.ts';
import { type Sandbox, startSandbox, stopSandbox } from './sandbox.ts';
import { refuseContainer, refuseSandbox, takenFrom, type Unsupported, unsupportedBy } from './unsupported.ts';

export interface PodsContext {
  readonly containersFolder: string;
  readonly sandboxesFolder: string;
  readonly roots: string;
  readonly host: HostTree;
  readonly addresses: AddressPool;
  readonly nodeAddress: string;
  readonly onUnsupported: (pod: PodName, unsupported: Unsupported) => void;
}

/** Every sandbox and container there is, and the ways they come and go. */
export interface Pods extends AsyncDisposable {
  readonly sandboxes: ReadonlyMap<string, Sandbox>;
  readonly containers: ReadonlyMap<string, Container>;
  sandbox(id: string): Sandbox;
  container(id: string): Container;
  /** The running container of that name, the first one where no container is named. */
  running(pod: Omit<PodName, 'uid'> & { readonly container?: string }): Container;
  runSandbox(config: SandboxConfig): Promise<string>;
  stopSandbox(id: string): Promise<void>;
  removeSandbox(id: string): Promise<void>;
  createContainer(sandboxId: string, config: ContainerConfig, image: Image): Promise<string>;
  startContainer(id: string): Promise<void>;
  stopContainer(id: string, graceMs: number): Promise<void>;
  removeContainer(id: string): Promise<void>;
}

const startedNs = BigInt(Date.now()) * 1_000_000n - process.hrtime.bigint();
/** Nanoseconds since the epoch, never going back. */
export const nowNs = (): bigint => startedNs + process.hrtime.bigint();

const newId = (): string => randomBytes(16).toString('hex');

/** The state of a runtime, empty. */
export function pods(context: PodsContext): Pods {
  const sandboxes = new Map<string, Sandbox>();
  const containers = new Map<string, Container>();
  const starting = new Map<string, Promise<void>>();
  const reported = new Set<string>();
  const find = <T>(map: Map<string, T>, id: string, what: string): T => {
    const found = map.get(id);
    if (!found) throw environmentError(`${what}-not-found`, `there is no ${what} "${id}"`);
    return found;
  };
  const containersOf = (sandboxId: string): Container[] =>
    [...containers.values()].filter(({ sandbox }) => sandbox.id === sandboxId);
  // A kubelet that gives a pod up does not wait for its containers to start, and nobody could stop one that runs unseen.
  const stop = async (container: Container, graceMs: number): Promise<void> => {
    await starting.get(container.id)?.catch(() => {});
    await stopContainer(container, graceMs);
  };
  const endSandbox = async (sandbox: Sandbox): Promise<void> => {
    await Promise.all(containersOf(sandbox.id).map((container) => stop(container, 0)));
    await stopSandbox(sandbox, context.addresses);
  };
  return {
    sandboxes,
    containers,
    sandbox: (id) => find(sandboxes, id, 'sandbox'),
    container: (id) => find(containers, id, 'container'),
    running({ namespace, name, container: wanted }) {
      const found = [...containers.values()].find(
        ({ state, config, sandbox: { config: pod } }) =>
          state.kind === 'running' &&
          pod.metadata.namespace === namespace &&
          pod.metadata.name === name &&
          (wanted === undefined || config.metadata.name === wanted),
      );
      const what = wanted === undefined ? 'container' : `container "${wanted}"`;
      if (!found) throw environmentError('container-not-found', `no ${what} of pod ${namespace}/${name} is running`);
      return found;
    },
    async runSandbox(config) {
      refuseSandbox(config);
      const id = newId();
      const { addresses, nodeAddress, sandboxesFolder } = context;
      const place = { folder: sandboxesFolder, addresses, nodeAddress, nowNs: String(nowNs()) };
      sandboxes.set(id, await startSandbox(id, config, place));
      return id;
    },
    async stopSandbox(id) {
      const sandbox = sandboxes.get(id);
      if (sandbox) await endSandbox(sandbox);
    },
    async removeSandbox(id) {
      const sandbox = sandboxes.get(id);
      if (!sandbox) return;
      await endSandbox(sandbox);
      for (const container of containersOf(id)) {
        containers.delete(container.id);
        await removeContainer(container);
      }
      sandboxes.delete(id);
      reported.delete(sandbox.config.metadata.uid);
      await rm(sandbox.folder, { recursive: true, force: true });
    },
    async createContainer(sandboxId, config, image) {
      const sandbox = find(sandboxes, sandboxId, 'sandbox');
      refuseContainer(config);
      const { namespace, name, uid } = sandbox.config.metadata;
      for (const unsupported of [...takenFrom(sandbox.config, config.metadata.name), ...unsupportedBy(config)]) {
        const key = `${uid} ${config.metadata.name} ${unsupported.feature}`;
        if (!reported.has(key)) context.onUnsupported({ namespace, name, uid }, unsupported);
        reported.add(key);
      }
      const id = newId();
      const folder = join(context.containersFolder, id);
      await mkdir(folder, { recursive: true });
      const resources = config.linux?.resources ?? undefined;
      const state = { kind: 'created' } as const;
      containers.set(id, { id, config, image, sandbox, createdAtNs: String(nowNs()), folder, resources, state });
      return id;
    },
    async startContainer(id) {
      const started = startContainer(find(containers, id, 'container'), { ...context, nowNs });
      starting.set(id, started);
      await started.finally(() => starting.delete(id));
    },
    async stopContainer(id, graceMs) {
      const container = containers.get(id);
      if (container) await stop(container, graceMs);
    },
    async removeContainer(id) {
      const container = containers.get(id);
      if (!container) return;
      await stop(container, 0);
      containers.delete(id);
      await removeContainer(container);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...sandboxes.values()].map(endSandbox));
      sandboxes.clear();
      containers.clear();
    },
  };
}
