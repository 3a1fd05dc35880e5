import { readdir, readFile, readlink } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Place, PlacedProcess, PodRef, PodUsage } from '../../src/model/cluster.ts';
import { environmentError } from '../../src/model/errors.ts';
import { run } from './cri/command.ts';

/** What a cluster's pods run, seen from outside: every process in a pod's PID namespaces is one of this machine's. */
export interface PodProcesses {
  usage(pods: readonly PodRef[]): Promise<readonly PodUsage[]>;
  pin(pod: PodRef, cpus: readonly number[]): Promise<void>;
}

type Start = (place: Place, argv: readonly string[]) => Promise<PlacedProcess>;

const secondsPerTick = 1 / 100; // the kernel's USER_HZ, the same on every architecture we run on

/** Looks at the processes of pods in which `start` starts programs. */
export function podProcesses(start: Start): PodProcesses {
  const known = new Map<string, Promise<string>>();

  const namespaceOf = (pod: PodRef, container: string): Promise<string> => {
    const key = `${pod.uid} ${container}`;
    const found = known.get(key) ?? askNamespace(start, pod, container);
    known.set(key, found);
    found.catch(() => known.delete(key));
    return found;
  };

  /** Ids of the processes of each pod. */
  async function processesOf(pods: readonly PodRef[]): Promise<readonly (readonly string[])[]> {
    const [own, all] = await Promise.all([
      Promise.all(pods.map((pod) => Promise.all(pod.containers.map((container) => namespaceOf(pod, container))))),
      processesByNamespace(),
    ]);
    return pods.map((pod, index) => {
      const found = (own[index] ?? []).flatMap((namespace) => all.get(namespace) ?? []);
      if (found.length > 0) return found;
      // A container that was started anew has another namespace.
      for (const container of pod.containers) known.delete(`${pod.uid} ${container}`);
      throw environmentError('pod-not-running', `pod ${pod.namespace}/${pod.name} has no process`, {
        next: `kubectl -n ${pod.namespace} describe pod ${pod.name}`,
      });
    });
  }

  return {
    async usage(pods) {
      const processes = await processesOf(pods);
      return Promise.all(processes.map(async (ids) => sumOf(await Promise.all(ids.map(usageOf)))));
    },
    async pin(pod, cpus) {
      for (const id of (await processesOf([pod])).flat()) await run('taskset', ['-acp', cpus.join(','), id]);
    },
  };
}

/** Ids of this machine's processes by their PID namespace. */
async function processesByNamespace(): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const namespaces = await Promise.all(ids.map((id) => readlink(`/proc/${id}/ns/pid`).catch(() => '')));
  const found = new Map<string, string[]>();
  ids.forEach((id, index) => {
    const namespace = namespaces[index] ?? '';
    found.set(namespace, [...(found.get(namespace) ?? []), id]);
  });
  return found;
}

const sumOf = (usages: readonly PodUsage[]): PodUsage => ({
  cpuSeconds: usages.reduce((total, { cpuSeconds }) => total + cpuSeconds, 0),
  memoryBytes: usages.reduce((total, { memoryBytes }) => total + memoryBytes, 0),
});

async function askNamespace(start: Start, { namespace, name }: PodRef, container: string): Promise<string> {
  await using process = await start({ kind: 'pod', namespace, name, container }, ['readlink', '/proc/self/ns/pid']);
  const [said, problem] = await Promise.all([text(process.stdout), text(process.stderr), process.exited]);
  if (/^pid:\[\d+\]$/.test(said.trim())) return said.trim();
  throw environmentError('usage-unknown', `what pod ${namespace}/${name} uses cannot be seen: ${problem || said}`);
}

/** Of one process; nothing of one that has just ended, whose time its parent then has. */
async function usageOf(id: string): Promise<PodUsage> {
  try {
    const [stat = '', status = ''] = await Promise.all(
      ['stat', 'status'].map((name) => readFile(`/proc/${id}/${name}`, 'utf8')),
    );
    // The second field is the program's name in parentheses and may hold anything, so fields count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [14, 15, 16, 17].reduce((total, field) => total + Number(fields[field - 3] ?? 0), 0);
    const kibibytes = ['RssAnon', 'RssShmem'].map((name) => new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
    return {
      cpuSeconds: ticks * secondsPerTick,
      memoryBytes: kibibytes.reduce((total, found) => total + Number(found ?? 0), 0) * 1024,
    };
  } catch {
    return { cpuSeconds: 0, memoryBytes: 0 };
  }
}
