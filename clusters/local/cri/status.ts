import { type Container, logPathOf, mainPid } from './container.ts';
import type { Sandbox } from './sandbox.ts';

/** A sandbox's state in the CRI's word. */
export const sandboxState = ({ ready }: Sandbox): string => (ready ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY');

/** A container's state in the CRI's word. */
export const containerState = ({ state }: Container): string => `CONTAINER_${state.kind.toUpperCase()}`;

/** One sandbox of ListPodSandbox. */
export const sandboxListItem = (sandbox: Sandbox): object => ({
  id: sandbox.id,
  metadata: sandbox.config.metadata,
  state: sandboxState(sandbox),
  created_at: sandbox.createdAtNs,
  labels: sandbox.config.labels,
  annotations: sandbox.config.annotations,
});

/** The answer to PodSandboxStatus. */
export const sandboxStatus = (sandbox: Sandbox): object => ({
  ...sandboxListItem(sandbox),
  network: { ip: sandbox.network ? sandbox.address : '' },
  linux: { namespaces: { options: sandbox.config.linux?.security_context?.namespace_options ?? {} } },
});

const common = (container: Container): object => ({
  id: container.id,
  metadata: container.config.metadata,
  image: container.config.image,
  image_ref: container.image.name,
  image_id: container.image.name,
  state: containerState(container),
  created_at: container.createdAtNs,
  labels: container.config.labels,
  annotations: container.config.annotations,
});

/** One container of ListContainers. */
export const containerListItem = (container: Container): object => ({
  ...common(container),
  pod_sandbox_id: container.sandbox.id,
});

/** The answer to ContainerStatus. */
export function containerStatus(container: Container): object {
  const { state, config, resources } = container;
  const started = state.kind === 'created' ? {} : { started_at: state.startedAtNs };
  const exited =
    state.kind === 'exited'
      ? { finished_at: state.finishedAtNs, exit_code: state.exitCode, reason: state.reason, message: state.message }
      : {};
  return {
    ...common(container),
    ...started,
    ...exited,
    mounts: config.mounts,
    log_path: logPathOf(container) ?? '',
    resources: resources ? { linux: resources } : undefined,
    user: { linux: { uid: '0', gid: '0' } },
  };
}

/** What ContainerStatus adds when asked to be verbose: how to enter the container from the node. */
export function containerInfo(container: Container): Readonly<Record<string, string>> {
  const pid = mainPid(container);
  if (pid === undefined) return {};
  const namespaces = ['mnt', 'net', 'pid', 'uts', 'ipc'].map((name) => [name, `/proc/${pid}/ns/${name}`]);
  return { info: JSON.stringify({ pid, root: `/proc/${pid}/root`, namespaces: Object.fromEntries(namespaces) }) };
}
