import { environmentError } from '../../../src/model/errors.ts';
import type { ContainerConfig, SandboxConfig } from './messages.ts';
import { isHostNetwork } from './sandbox.ts';

/** What a pod asked for and runs without. */
export interface Unsupported {
  /** A feature of `runtimeCapabilities`. */
  readonly feature: string;
  /** The container that asked. */
  readonly container: string;
  /** For a person: what was asked and what happens instead. */
  readonly message: string;
}

const refusal = (message: string): Error => environmentError('unsupported', message);

/** Throws where a pod asks for something without which running on would be wrong. */
export function refuseSandbox(config: SandboxConfig): void {
  const namespaces = config.linux?.security_context?.namespace_options;
  const hostPort = isHostNetwork(config) ? undefined : config.port_mappings.find(({ host_port }) => host_port > 0);
  if (hostPort)
    throw refusal(`hostPort ${hostPort.host_port} is not supported by this runtime; use a NodePort Service`);
  if (namespaces?.pid === 'NODE') throw refusal('hostPID is not supported by this runtime');
  if (namespaces?.pid === 'POD') throw refusal('shareProcessNamespace is not supported by this runtime');
  if (namespaces?.ipc === 'NODE') throw refusal('hostIPC is not supported by this runtime');
  if (namespaces?.userns_options?.mode === 'POD') throw refusal('hostUsers: false is not supported by this runtime');
  const sysctl = Object.keys(config.linux?.sysctls ?? {}).find((name) => !/^net\./.test(name));
  if (sysctl) throw refusal(`sysctl ${sysctl} is not supported by this runtime; those of net.* are`);
}

/** Throws where a container asks for something without which running on would be wrong. */
export function refuseContainer(config: ContainerConfig): void {
  const device = config.devices[0]?.host_path ?? config.CDI_devices[0]?.name;
  if (device) throw refusal(`device ${device}: devices are not supported by this runtime`);
  if (config.tty) throw refusal('tty: true is not supported by this runtime');
  if (config.stdin) throw refusal('stdin: true is not supported by this runtime');
  const volume = config.mounts.find(({ image }) => image?.image);
  if (volume) throw refusal(`${volume.container_path}: image volumes are not supported by this runtime`);
  const hugepages = config.linux?.resources?.hugepage_limits.find(({ limit }) => Number(limit) > 0);
  if (hugepages) throw refusal(`huge pages of ${hugepages.page_size} are not supported by this runtime`);
}

/** What a container asks for and does not get, though it can run without. */
export function unsupportedByContainer(config: ContainerConfig): readonly Unsupported[] {
  const container = config.metadata.name;
  const found: Unsupported[] = [];
  const add = (asked: boolean, feature: string, message: string): void => {
    if (asked) found.push({ feature, container, message });
  };
  const { resources, security_context: security } = config.linux ?? {};
  const user = Number(security?.run_as_user?.value ?? 0);
  add(user !== 0, 'runAsUser', `runAsUser ${user}: the program runs as the only user there is, 0`);
  const group = Number(security?.run_as_group?.value ?? 0);
  add(group !== 0, 'runAsGroup', `runAsGroup ${group}: the program runs as the only group there is, 0`);
  return found.concat(resources ? [] : []);
}
