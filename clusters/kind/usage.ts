import type { PodRef, PodUsage } from '../../src/model/cluster.ts';
import { environmentError } from '../../src/model/errors.ts';
import { engine } from './containers.ts';

/**
 * What the cgroup of each pod says, in version 2 or 1, whatever the driver calls it (`…-pod<uid>.slice` with underscores, or `pod<uid>`). Run in the
 * node, whose /sys/fs/cgroup shows its pods.
 */
const script = `
group() { find "$1" -type d '(' -name "*pod$(echo "$2" | tr - _).slice" -o -name "pod$2" ')' -prune 2>/dev/null | head -n 1; }
for uid; do
  echo "pod $uid"
  two=$(group /sys/fs/cgroup "$uid")
  echo "uptime $(cut -d ' ' -f 1 /proc/uptime)"
  if [ -n "$two" ] && [ -e "$two/memory.current" ]; then
    cat "$two/cpu.stat" "$two/memory.stat"; echo "current $(cat "$two/memory.current")"; continue
  fi
  cpu=$(group /sys/fs/cgroup/cpuacct "$uid") memory=$(group /sys/fs/cgroup/memory "$uid")
  [ -z "$cpu" ] || { echo "usage_nsec $(cat "$cpu/cpuacct.usage")"; cat "$memory/memory.stat"; echo "current $(cat "$memory/memory.usage_in_bytes")"; }
done`;

/** How far ahead of each node's clock ours is, in ms, as its first look had it: between two looks the node's own time has passed. */
const clocks = new Map<string, number>();

/** What pods use, by their cgroups: one look into each node. */
export async function usageOf(pods: readonly PodRef[]): Promise<readonly PodUsage[]> {
  const nodes = [...new Set(pods.map(({ node }) => node))];
  const looks = nodes.map(async (node) => {
    const own = pods.filter((pod) => pod.node === node);
    const beforeMs = performance.now();
    const said = await engine(['exec', node, 'sh', '-c', script, 'sh', ...own.map(({ uid }) => uid)]);
    const middleMs = (beforeMs + performance.now()) / 2;
    return own.map((pod) => {
      const { upMs, ...usage } = usageIn(said, pod);
      const aheadMs = clocks.get(node) ?? middleMs - upMs;
      clocks.set(node, aheadMs);
      return [pod, { atMs: upMs + aheadMs, ...usage }] as const;
    });
  });
  const seen = new Map((await Promise.all(looks)).flat());
  return pods.map((pod) => seen.get(pod) as PodUsage);
}

/** What was read, and how long the node had been up by then, in ms. */
type UsageThere = Omit<PodUsage, 'atMs'> & { readonly upMs: number };

/** Reads what the script says of a pod: all memory but the file pages that nobody has asked for of late, as the kubelet counts its working set. */
export function usageIn(
  said: string,
  { uid, namespace, name }: Pick<PodRef, 'uid' | 'namespace' | 'name'>,
): UsageThere {
  const own = said.split(/^pod /m).find((part) => part.startsWith(uid)) ?? '';
  const value = (field: string): number | undefined => {
    const found = new RegExp(`^${field} ([\\d.]+)$`, 'm').exec(own)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const current = value('current');
  if (current === undefined)
    throw environmentError(
      'usage-unknown',
      `what pod ${namespace}/${name} uses cannot be seen: its node shows no cgroup of it`,
    );
  return {
    upMs: (value('uptime') ?? 0) * 1000,
    cpuSeconds: ((value('usage_usec') ?? 0) * 1000 + (value('usage_nsec') ?? 0)) / 1e9,
    memoryBytes: Math.max(0, current - (value('total_inactive_file') ?? value('inactive_file') ?? 0)),
  };
}
