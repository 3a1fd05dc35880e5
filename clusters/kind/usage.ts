import { dirname, join } from 'node:path/posix';
import type { PodRef, ProcessUse, UsageAt } from '../../src/model/cluster.ts';
import { environmentError } from '../../src/model/errors.ts';
import type { NodeShell } from './node-shell.ts';

/** Reads what pods and nodes use by their cgroups, in version 2 or 1: one look into each node. */
export interface UsageReader extends AsyncDisposable {
  ofPods(pods: readonly PodRef[]): Promise<readonly UsageAt[]>;
  /** Each with all that runs on it. */
  ofNodes(names: readonly string[]): Promise<readonly UsageAt[]>;
}

/** What is looked at in a node. */
interface Group {
  readonly node: string;
  /** Its folders, in sh. */
  readonly folders: string;
  /** What it is, for a person. */
  readonly title: string;
}

/** A node that is looked into. */
interface Node {
  readonly shell: NodeShell;
  /** What there is to read, by the folders asked for: CPU, what memory is made of, and all of that. */
  readonly files: Map<string, readonly string[]>;
  /** How far ahead of the node's clock ours was at the last look, in ms: between two looks the node's own time has passed. */
  aheadMs: number;
}

/** Opens a shell in each node at the first look into it; the node shows its own cgroups in `root`. */
export function readUsage(open: (node: string) => Promise<NodeShell>, root: string = '/sys/fs/cgroup'): UsageReader {
  const nodes = new Map<string, Promise<Node>>();

  function opened(name: string): Promise<Node> {
    const known =
      nodes.get(name) ?? open(name).then((shell): Node => ({ shell, files: new Map(), aheadMs: Number.NaN }));
    nodes.set(name, known);
    return known;
  }

  async function close(name: string, node: Promise<Node>): Promise<void> {
    if (nodes.get(name) === node) nodes.delete(name);
    await node.then(({ shell }) => shell[Symbol.asyncDispose]()).catch(() => {}); // one that did not open says so to who looks
  }

  /** In a new shell where the old one answers no more: the node may have been started anew. */
  async function lookIntoNode(name: string, groups: readonly Group[]): Promise<readonly UsageAt[]> {
    const node = opened(name);
    try {
      return await lookInto(await node, groups);
    } catch (error) {
      if ((error as { code?: string }).code === 'usage-unknown') throw error;
      await close(name, node);
      return lookInto(await opened(name), groups);
    }
  }

  async function look(groups: readonly Group[]): Promise<readonly UsageAt[]> {
    const names = [...new Set(groups.map(({ node }) => node))];
    const looks = names.map(async (name) => {
      const own = groups.filter(({ node }) => node === name);
      const seen = await lookIntoNode(name, own);
      return own.map((group, index) => [group, seen[index] as UsageAt] as const);
    });
    const seen = new Map((await Promise.all(looks)).flat());
    return groups.map((group) => seen.get(group) as UsageAt);
  }

  return {
    ofPods: (pods) =>
      look(
        pods.map(({ uid, node, namespace, name }) => ({
          node,
          title: `pod ${namespace}/${name}`,
          folders: foldersOf(uid, root),
        })),
      ),
    ofNodes: (names) =>
      look(names.map((node) => ({ node, title: `node ${node}`, folders: `${root} ${root}/cpuacct ${root}/memory` }))),
    async [Symbol.asyncDispose]() {
      await Promise.all([...nodes].map(([name, node]) => close(name, node)));
    },
  };
}

/** The folders of a pod, whatever their driver calls them: `…-pod<uid>.slice` with underscores, or `pod<uid>`. */
const foldersOf = (uid: string, root: string): string =>
  `$(find ${root} -type d '(' -name '*pod${uid.replaceAll('-', '_')}.slice' -o -name 'pod${uid}' ')' -prune)`;

/** Reads all groups in one go; each has its own time. */
async function lookInto(node: Node, groups: readonly Group[]): Promise<readonly UsageAt[]> {
  for (const { folders } of groups)
    if (!node.files.has(folders))
      node.files.set(
        folders,
        filesIn(
          await node.shell.ask(
            `for folder in ${folders}; do ls "$folder/memory.current" "$folder/cpuacct.usage" "$folder/memory.usage_in_bytes"; done`,
          ),
        ),
      );
  const files = groups.flatMap(({ folders }) => ['/proc/uptime', ...(node.files.get(folders) ?? [])]);
  const beforeMs = performance.now();
  const said = await node.shell.ask(`cat ${files.join(' ')}`);
  const afterMs = performance.now();
  const parts = said.split(/^(?=[\d.]+ [\d.]+$)/m);
  return groups.map(({ title, folders }, index) => {
    const read = usageIn(parts[index] ?? '');
    if (read === undefined) {
      node.files.delete(folders); // it may be elsewhere by the next look
      throw environmentError('usage-unknown', `what ${title} uses cannot be seen: its node shows no cgroup of it`);
    }
    const { upMs, ...usage } = read;
    const byClockMs = upMs + node.aheadMs;
    // A machine that has slept, or was started anew, has another clock.
    const atMs = byClockMs >= beforeMs && byClockMs <= afterMs ? byClockMs : (beforeMs + afterMs) / 2;
    node.aheadMs = atMs - upMs;
    return { atMs, ...usage };
  });
}

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

/** What the files of a group say: all memory but the file pages that nobody has asked for of late, as the kubelet counts its working set. */
function usageIn(said: string): UsageThere | undefined {
  const value = (field: string): number | undefined => {
    const found = new RegExp(`^${field} (\\d+)$`, 'm').exec(said)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const up = Number(/^[\d.]+/.exec(said)?.[0]);
  const bare = [...said.matchAll(/^\d+$/gm)].map(([number]) => Number(number));
  const microseconds = value('usage_usec');
  const cpuSeconds = microseconds === undefined ? (bare[0] ?? Number.NaN) / 1e9 : microseconds / 1e6;
  const memory = bare[microseconds === undefined ? 1 : 0];
  if (memory === undefined) return undefined;
  return {
    upMs: up * 1000,
    cpuSeconds,
    memoryBytes: Math.max(0, memory - (value('total_inactive_file') ?? value('inactive_file') ?? 0)),
  };
}
