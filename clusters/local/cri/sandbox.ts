import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { environmentError } from '../../../src/model/errors.ts';
import type { AddressPool } from './addresses.ts';
import { toolEnvironment } from './command.ts';
import type { SandboxConfig } from './messages.ts';

/** A pod as the runtime knows it: an address, namespaces that its containers share, and files of its own. */
export interface Sandbox {
  readonly id: string;
  readonly config: SandboxConfig;
  readonly createdAtNs: string;
  readonly folder: string;
  readonly address: string;
  /** Absent where the pod uses the node's network. */
  readonly network: PodNetwork | undefined;
  ready: boolean;
}

interface PodNetwork {
  /** Its network, UTS and IPC namespaces are the pod's and live as long as it does. */
  readonly holder: ChildProcess;
  readonly pid: number;
}

export const isHostNetwork = (config: SandboxConfig): boolean =>
  config.linux?.security_context?.namespace_options?.network === 'NODE';

const lines = (...commands: readonly string[]): string => commands.map((command) => `${command}\n`).join('');

// A point-to-point link and no bridge: every packet is routed, so Service rewrites work from pod to pod as well.
const holderScript = `
hostname "$1"; node=/proc/$2/ns/net; inside=$3 outside=$4; shift 4
printf %s "$inside" | ip -batch -
printf %s "$outside" | nsenter --net="$node" ip -batch -
while [ $# -gt 0 ]; do printf %s "$2" > "/proc/sys/$1"; shift 2; done
echo ready; exec sleep infinity`;

async function startNetwork(id: string, config: SandboxConfig, address: string, gateway: string): Promise<PodNetwork> {
  const link = `pod${id.slice(0, 11)}`;
  const holder = spawn(
    'unshare',
    [
      ...['--net', '--uts', '--ipc', 'sh', '-ec', holderScript, 'sh'],
      config.hostname || config.metadata.name,
      String(process.pid),
      lines(
        'link set lo up',
        `link add eth0 type veth peer name ${link} netns ${process.pid}`,
        `addr add ${address}/32 dev eth0`,
        'link set eth0 up',
        `route add ${gateway} dev eth0 scope link`,
        `route add default via ${gateway}`,
      ),
      // The kernel takes a dead namespace's link and route away when it pleases: what is left of one is replaced.
      lines(`addr add ${gateway}/32 dev ${link}`, `link set ${link} up`, `route replace ${address}/32 dev ${link}`),
      // As container runtimes commonly do: a program that is not the superuser may listen on any port.
      ...Object.entries({ 'net.ipv4.ip_unprivileged_port_start': '0', ...config.linux?.sysctls }).flatMap(
        ([name, value]) => [name.replaceAll('.', '/'), value],
      ),
    ],
    { env: toolEnvironment, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const problem = text(holder.stderr);
  await new Promise<void>((resolve, reject) => {
    holder.on('error', reject);
    holder.stdout.once('data', () => resolve());
    holder.once('exit', async (code) =>
      reject(environmentError('pod-network', `cannot build the pod's network (${code}): ${(await problem).trim()}`)),
    );
  });
  return { holder, pid: holder.pid ?? 0 };
}

/** Builds a pod's namespaces, its link to the node and the files its containers share. */
export async function startSandbox(
  id: string,
  config: SandboxConfig,
  place: {
    readonly folder: string;
    readonly addresses: AddressPool;
    readonly nodeAddress: string;
    readonly nowNs: string;
  },
): Promise<Sandbox> {
  const folder = join(place.folder, id);
  await mkdir(folder, { recursive: true });
  const { servers = [], searches = [], options = [] } = config.dns_config ?? {};
  const dns = [
    ...servers.map((server) => `nameserver ${server}`),
    ...(searches.length ? [`search ${searches.join(' ')}`] : []),
    ...(options.length ? [`options ${options.join(' ')}`] : []),
  ];
  await writeFile(join(folder, 'resolv.conf'), dns.map((line) => `${line}\n`).join(''));
  await writeFile(join(folder, 'hostname'), `${config.hostname}\n`);
  const hostNetwork = isHostNetwork(config);
  const address = hostNetwork ? place.nodeAddress : place.addresses.take();
  try {
    const network = hostNetwork ? undefined : await startNetwork(id, config, address, place.addresses.gateway);
    return { id, config, createdAtNs: place.nowNs, folder, address, network, ready: true };
  } catch (error) {
    if (!hostNetwork) place.addresses.give(address);
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Ends a pod's namespaces and gives its address back; nothing where that is done. Its containers have ended before. */
export async function stopSandbox(sandbox: Sandbox, addresses: AddressPool): Promise<void> {
  if (!sandbox.ready) return;
  sandbox.ready = false;
  if (!sandbox.network) return;
  const { holder } = sandbox.network;
  if (holder.exitCode === null && holder.signalCode === null) {
    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;
  }
  addresses.give(sandbox.address);
}
