import { environmentError } from '../../../src/model/errors.ts';
import type { Container } from './container.ts';
import { execSync } from './exec.ts';
import type { ContainerConfig, Labels, SandboxConfig } from './messages.ts';
import type { Pods } from './pods.ts';
import type { RuntimeOptions } from './runtime.ts';
import type { Sandbox } from './sandbox.ts';
import type { Methods } from './server.ts';
import { containerStatistics, sandboxStatistics } from './statistics.ts';
import {
  containerInfo,
  containerListItem,
  containerState,
  containerStatus,
  sandboxListItem,
  sandboxState,
  sandboxStatus,
} from './status.ts';

interface Filter {
  readonly id: string;
  readonly pod_sandbox_id: string;
  readonly state: { readonly state: string } | null;
  readonly label_selector: Labels;
}

const matches = (
  filter: Filter | null,
  seen: { readonly id: string; readonly sandbox?: string; readonly state: string; readonly labels: Labels },
): boolean =>
  !filter ||
  ((!filter.id || seen.id === filter.id) &&
    (!filter.pod_sandbox_id || seen.sandbox === filter.pod_sandbox_id) &&
    (!filter.state || seen.state === filter.state.state) &&
    Object.entries(filter.label_selector).every(([name, value]) => seen.labels[name] === value));

/** The CRI's RuntimeService over the pods there are. */
export function runtimeService(pods: Pods, options: RuntimeOptions): Methods {
  const sandboxes = (filter: Filter | null): readonly Sandbox[] =>
    [...pods.sandboxes.values()].filter((sandbox) =>
      matches(filter, { id: sandbox.id, state: sandboxState(sandbox), labels: sandbox.config.labels }),
    );
  const containers = (filter: Filter | null): readonly Container[] =>
    [...pods.containers.values()].filter((container) =>
      matches(filter, {
        id: container.id,
        sandbox: container.sandbox.id,
        state: containerState(container),
        labels: container.config.labels,
      }),
    );
  return {
    Version: () => ({
      version: '0.1.0',
      runtime_name: 'ingress-assay',
      runtime_version: '0.1.0',
      runtime_api_version: 'v1',
    }),
    Status: () => ({
      status: { conditions: ['RuntimeReady', 'NetworkReady'].map((type) => ({ type, status: true })) },
      runtime_handlers: [{ name: '', features: {} }],
    }),
    RuntimeConfig: () => ({ linux: { cgroup_driver: 'CGROUPFS' } }),
    UpdateRuntimeConfig: () => ({}), // the pod range is the provider's to choose: options.podCidr

    async RunPodSandbox({ config }: { config: SandboxConfig }) {
      return { pod_sandbox_id: await pods.runSandbox(config) };
    },
    async StopPodSandbox({ pod_sandbox_id: id }: { pod_sandbox_id: string }) {
      await pods.stopSandbox(id);
      return {};
    },
    async RemovePodSandbox({ pod_sandbox_id: id }: { pod_sandbox_id: string }) {
      await pods.removeSandbox(id);
      return {};
    },
    PodSandboxStatus: ({ pod_sandbox_id: id }: { pod_sandbox_id: string }) => ({
      status: sandboxStatus(pods.sandbox(id)),
    }),
    ListPodSandbox: ({ filter }: { filter: Filter | null }) => ({ items: sandboxes(filter).map(sandboxListItem) }),
    async PodSandboxStats({ pod_sandbox_id: id }: { pod_sandbox_id: string }) {
      const [stats] = await sandboxStatistics([pods.sandbox(id)], [...pods.containers.values()]);
      return { stats };
    },
    ListPodSandboxStats: async ({ filter }: { filter: Filter | null }) => ({
      stats: await sandboxStatistics(sandboxes(filter), [...pods.containers.values()]),
    }),

    async CreateContainer({ pod_sandbox_id: id, config }: { pod_sandbox_id: string; config: ContainerConfig }) {
      const image = options.images.find(config.image.image);
      if (!image) throw environmentError('image-not-found', `image "${config.image.image}" is not here`);
      return { container_id: await pods.createContainer(id, config, image) };
    },
    async StartContainer({ container_id: id }: { container_id: string }) {
      await pods.startContainer(id);
      return {};
    },
    async StopContainer({ container_id: id, timeout }: { container_id: string; timeout: string }) {
      await pods.stopContainer(id, Number(timeout) * 1000);
      return {};
    },
    async RemoveContainer({ container_id: id }: { container_id: string }) {
      await pods.removeContainer(id);
      return {};
    },
    ContainerStatus({ container_id: id, verbose }: { container_id: string; verbose: boolean }) {
      const container = pods.container(id);
      return { status: containerStatus(container), info: verbose ? containerInfo(container) : {} };
    },
    ListContainers: ({ filter }: { filter: Filter | null }) => ({
      containers: containers(filter).map(containerListItem),
    }),
    async ContainerStats({ container_id: id }: { container_id: string }) {
      const [stats] = await containerStatistics([pods.container(id)]);
      return { stats };
    },
    ListContainerStats: async ({ filter }: { filter: Filter | null }) => ({
      stats: await containerStatistics(containers(filter)),
    }),
    async ReopenContainerLog({ container_id: id }: { container_id: string }) {
      const { state } = pods.container(id);
      if (state.kind !== 'running') throw environmentError('container-not-running', `container "${id}" is not running`);
      await state.log.reopen();
      return {};
    },
    UpdateContainerResources({ container_id: id, linux }) {
      if (linux) pods.container(id).resources = linux;
      return {};
    },
    ExecSync: ({ container_id: id, cmd, timeout }: { container_id: string; cmd: string[]; timeout: string }) =>
      execSync(pods.container(id), cmd, Number(timeout) * 1000),
  };
}
