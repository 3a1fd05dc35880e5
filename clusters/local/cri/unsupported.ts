import { environmentError } from '../../../src/model/errors.ts';
import type { ContainerConfig, SandboxConfig } from './messages.ts';
import { isHostNetwork } from './sandbox.ts';

/** What a container asked for and runs without. */
export interface Unsupported {
  /** A feature of `runtimeCapabilities`. */
  readonly feature: string;
  readonly container: string;
  /** For a person: what was asked and what happens instead. */
  readonly message: string;
}

type Request = readonly [feature: string, asked: unknown, message: string];

const refuse = (requests: readonly Request[]): void => {
  const first = requests.find(([, asked]) => asked);
  if (first) throw environmentError('unsupported', `${first[2]} (not supported by this runtime: ${first[0]})`);
};

/** Throws where a pod asks for something without which running on would be wrong. */
export function refuseSandbox(config: SandboxConfig): void {
  const namespaces = config.linux?.security_context?.namespace_options;
  const hostPort = isHostNetwork(config) ? undefined : config.port_mappings.find(({ host_port }) => host_port > 0);
  const sysctl = Object.keys(config.linux?.sysctls ?? {}).find((name) => !/^net\.[\w.-]+$/.test(name));
  refuse([
    ['hostPort', hostPort, `hostPort ${hostPort?.host_port} would not be served; use a NodePort Service`],
    ['hostPID', namespaces?.pid === 'NODE', 'hostPID: true'],
    ['shareProcessNamespace', namespaces?.pid === 'POD', 'shareProcessNamespace: true'],
    ['hostIPC', namespaces?.ipc === 'NODE' && !isHostNetwork(config), 'hostIPC: true'],
    ['user namespaces', namespaces?.userns_options?.mode === 'POD', 'hostUsers: false'],
    ['sysctls', sysctl, `sysctl ${sysctl}: only those of net.* belong to a pod`],
  ]);
}

/** Throws where a container asks for something without which running on would be wrong. */
export function refuseContainer(config: ContainerConfig): void {
  const device = config.devices[0]?.host_path ?? config.CDI_devices[0]?.name;
  const volume = config.mounts.find(({ image }) => image?.image);
  const hugepages = config.linux?.resources?.hugepage_limits.find(({ limit }) => Number(limit) > 0);
  refuse([
    ['devices', device, `device ${device}`],
    ['stdin, tty', config.tty || config.stdin, 'stdin: true or tty: true'],
    ['image volumes', volume, `volume at ${volume?.container_path} is an image`],
    ['huge pages', hugepages, `huge pages of ${hugepages?.page_size}`],
  ]);
}

/** What a container asks for and does not get, though it can run without. */
export function unsupportedBy(config: ContainerConfig): readonly Unsupported[] {
  const container = config.metadata.name;
  const { resources, security_context: security } = config.linux ?? {};
  const confined = (profile: { readonly profile_type: string } | null | undefined): boolean =>
    profile !== null && profile !== undefined && profile.profile_type !== 'Unconfined';
  const user = security?.run_as_user?.value ?? (security?.run_as_username || '0');
  const group = security?.run_as_group?.value ?? '0';
  const groups = (security?.supplemental_groups ?? []).filter((id) => id !== '0');
  const requests: readonly Request[] = [
    ['runAsUser', user !== '0', `runAsUser ${user} is not honoured: the program runs as user 0`],
    ['runAsGroup', group !== '0', `runAsGroup ${group} is not honoured: the program runs as group 0`],
    ['supplementalGroups', groups.length, `groups ${groups.join(', ')} are not honoured`],
    ['cpu limit', Number(resources?.cpu_quota ?? 0) > 0, 'the CPU limit is not enforced'],
    ['memory limit', Number(resources?.memory_limit_in_bytes ?? 0) > 0, 'the memory limit is not enforced'],
    ['seccomp', confined(security?.seccomp), `seccomp ${security?.seccomp?.profile_type} is not applied`],
    ['AppArmor', confined(security?.apparmor), `AppArmor ${security?.apparmor?.profile_type} is not applied`],
    [
      'SELinux',
      security?.selinux_options?.type || security?.selinux_options?.level,
      'the SELinux label is not applied',
    ],
  ];
  return requests.filter(([, asked]) => asked).map(([feature, , message]) => ({ feature, container, message }));
}

/** What the cluster took from a pod at its creation, since no kubelet could honour it here: paths, divided by spaces. */
const takenAnnotation = 'ingress-assay.dev/goes-without';

/** As `unsupportedBy`, of what was taken from the pod before the kubelet saw it. */
export const takenFrom = ({ annotations }: SandboxConfig, container: string): readonly Unsupported[] =>
  (annotations[takenAnnotation] ?? '')
    .split(' ')
    .filter((path) => path !== '')
    .map((path) => ({
      feature: path.slice(path.lastIndexOf('/') + 1),
      container,
      message: `${path} is not honoured: there is one user and one group, 0`,
    }));
