import { dirname, join } from 'node:path/posix';
import type { PodRef, PodUsage, ProcessUse } from '../../src/model/cluster.ts';
import { environmentError } from '../../src/model/errors.ts';
import type { NodeShell } from './node-shell.ts';

/** Reads what pods use. */
export interface UsageReader extends AsyncDisposable {
  /** By their cgroups, in version 2 or 1: one look into each node. */
  of(pods: readonly PodRef[]): Promise<readonly PodUsage[]>;
}

/** A node that is looked into. */
interface Node {
  readonly shell: NodeShell;
  /** Of each pod by its uid: its CPU, what its memory is made of, and all of that. */
  readonly files: Map<string, readonly string[]>;
  /** How far ahead of the node's clock ours was at the last look, in ms: between two looks the node's own time has passed. */
  aheadMs: number;
}

/** Opens a shell in each node at the first look into it; the node shows its pods in `cgroups`. */
export function readUsage(open: (node: string) => Promise<NodeShell>, cgroups: string = '/sys/fs/cgroup'): UsageReader {
  const nodes = new Map<string, Promise<Node>>();

  async function opened(name: string): Promise<Node> {
    const known =
      nodes.get(name) ?? open(name).then((shell): Node => ({ shell, files: new Map(), aheadMs: Number.NaN }));
    nodes.set(name, known);
    return known;
  }

  async function close(name: string): Promise<void> {
    const node = nodes.get(name);
    nodes.delete(name);
    await node?.then(({ shell }) => shell[Symbol.asyncDispose]()).catch(() => {}); // one that did not open says so to who looks
  }

  async function look(name: string, pods: readonly PodRef[]): Promise<readonly PodUsage[]> {
    const node = await opened(name);
    for (const { uid } of pods)
      if (!node.files.has(uid)) node.files.set(uid, filesIn(await node.shell.ask(filesOf(uid, cgroups))));
    const beforeMs = performance.now();
    const said = await node.shell.ask(
      `cat ${pods.flatMap(({ uid }) => ['/proc/uptime', ...(node.files.get(uid) ?? [])]).join(' ')}`,
    );
    const afterMs = performance.now();
    const parts = said.split(/^(?=[\d.]+ [\d.]+$)/m);
    return pods.map((pod, index) => {
      const { upMs, ...usage } = usageIn(parts[index] ?? '', pod);
      const byClockMs = upMs + node.aheadMs;
      // A machine that has slept, or was started anew, has another clock.
      const atMs = byClockMs >= beforeMs && byClockMs <= afterMs ? byClockMs : (beforeMs + afterMs) / 2;
      node.aheadMs = atMs - upMs;
      return { atMs, ...usage };
    });
  }

  return {
    async of(pods) {
      const looks = [...new Set(pods.map(({ node }) => node))].map(async (name) => {
        const own = pods.filter(({ node }) => node === name);
        try {
          const seen = await look(name, own);
          return own.map((pod, index) => [pod, seen[index] as PodUsage] as const);
        } catch (error) {
          // The node may have been started anew, or a pod be another's place: the next look finds out.
          await close(name);
          throw error;
        }
      });
      const seen = new Map((await Promise.all(looks)).flat());
      return pods.map((pod) => seen.get(pod) as PodUsage);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...nodes.keys()].map(close));
    },
  };
}

/** Finds a pod's cgroups, whatever their driver calls them: `…-pod<uid>.slice` with underscores, or `pod<uid>`. */
const filesOf = (uid: string, cgroups: string): string =>
  `for group in $(find ${cgroups} -type d '(' -name '*pod${uid.replaceAll('-', '_')}.slice' -o -name 'pod${uid}' ')' -prune)
do ls "$group/memory.current" "$group/cpuacct.usage" "$group/memory.usage_in_bytes"; done`;

/** What to read, in order. Bind mounts may show a cgroup twice. */
function filesIn(found: string): readonly string[] {
  const file = (name: string) => found.split('\n').find((path) => path.endsWith(`/${name}`));
  const beside = (path: string, name: string) => join(dirname(path), name);
  const current = file('memory.current');
  if (current !== undefined) return [beside(current, 'cpu.stat'), beside(current, 'memory.stat'), current];
  const [cpu, memory] = [file('cpuacct.usage'), file('memory.usage_in_bytes')];
  return cpu === undefined || memory === undefined ? [] : [cpu, beside(memory, 'memory.stat'), memory];
}

/** What was read, and how long the node had been up by then, in ms. */
type UsageThere = ProcessUse & { readonly upMs: number };

/** What the files of a pod say: all memory but the file pages that nobody has asked for of late, as the kubelet counts its working set. */
function usageIn(said: string, { namespace, name }: PodRef): UsageThere {
  const value = (field: string): number | undefined => {
    const found = new RegExp(`^${field} (\\d+)$`, 'm').exec(said)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const up = Number(/^[\d.]+/.exec(said)?.[0]);
  const bare = [...said.matchAll(/^\d+$/gm)].map(([number]) => Number(number));
  const microseconds = value('usage_usec');
  const cpuSeconds = microseconds === undefined ? (bare[0] ?? Number.NaN) / 1e9 : microseconds / 1e6;
  const memory = bare[microseconds === undefined ? 1 : 0];
  if (memory === undefined)
    throw environmentError(
      'usage-unknown',
      `what pod ${namespace}/${name} uses cannot be seen: its node shows no cgroup of it`,
    );
  return {
    upMs: up * 1000,
    cpuSeconds,
    memoryBytes: Math.max(0, memory - (value('total_inactive_file') ?? value('inactive_file') ?? 0)),
  };
}
