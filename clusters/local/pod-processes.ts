import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import {
  type Place,
  type PlacedProcess,
  type PodRef,
  type ProcessUse,
  together,
  type UsageAt,
} from '../../src/model/cluster.ts';
import { environmentError } from '../../src/model/errors.ts';
import { run } from './cri/command.ts';

/** What a cluster's pods run, seen from outside: every process in a pod's PID namespaces is one of this machine's. */
export interface PodProcesses {
  usage(pods: readonly PodRef[]): Promise<readonly UsageAt[]>;
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

  const namespacesOf = (pods: readonly PodRef[]): Promise<readonly (readonly string[])[]> =>
    Promise.all(pods.map((pod) => Promise.all(pod.containers.map((container) => namespaceOf(pod, container)))));

  /** Ids of the processes of each pod. */
  function processesIn(pods: readonly PodRef[], own: readonly (readonly string[])[]): readonly (readonly string[])[] {
    const all = processesByNamespace();
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
      const namespaces = await namespacesOf(pods);
      // In one go of some milliseconds: on a machine that is full, this thread gets back what it awaits a second late.
      const beforeMs = performance.now();
      const used = processesIn(pods, namespaces).map((ids) => together(ids.map(usageOf)));
      const atMs = (beforeMs + performance.now()) / 2;
      return used.map((usage) => ({ atMs, ...usage }));
    },
    async pin(pod, cpus) {
      const ids = processesIn([pod], await namespacesOf([pod])).flat();
      for (const id of ids) await run('taskset', ['-acp', cpus.join(','), id]);
    },
  };
}

/** Ids of this machine's processes by their PID namespace. */
function processesByNamespace(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const id of readdirSync('/proc')) {
    if (!/^\d+$/.test(id)) continue;
    const namespace = namespaceIn(id);
    found.set(namespace, [...(found.get(namespace) ?? []), id]);
  }
  return found;
}

/** The PID namespace of a process; nothing of one that has just ended. */
function namespaceIn(id: string): string {
  try {
    return readlinkSync(`/proc/${id}/ns/pid`);
  } catch {
    return '';
  }
}

async function askNamespace(start: Start, { namespace, name }: PodRef, container: string): Promise<string> {
  await using process = await start({ kind: 'pod', namespace, name, container }, ['readlink', '/proc/self/ns/pid']);
  const [said, problem] = await Promise.all([text(process.stdout), text(process.stderr), process.exited]);
  if (/^pid:\[\d+\]$/.test(said.trim())) return said.trim();
  throw environmentError('usage-unknown', `what pod ${namespace}/${name} uses cannot be seen: ${problem || said}`);
}

/** Of one process; nothing of one that has just ended, whose time its parent then has. */
function usageOf(id: string): ProcessUse {
  try {
    const [stat, status] = [readFileSync(`/proc/${id}/stat`, 'utf8'), readFileSync(`/proc/${id}/status`, 'utf8')];
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
