import type { PodRef, PodUsage, ProcessUse } from '../../src/model/cluster.ts';
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
  if [ -n "$two" ] && [ -e "$two/memory.current" ]; then
    cat /proc/uptime "$two/cpu.stat" "$two/memory.stat"; echo "current $(cat "$two/memory.current")"; continue
  fi
  cpu=$(group /sys/fs/cgroup/cpuacct "$uid") memory=$(group /sys/fs/cgroup/memory "$uid")
  [ -z "$cpu" ] || { cat /proc/uptime "$cpu/cpuacct.usage" "$memory/memory.stat"; echo "current $(cat "$memory/memory.usage_in_bytes")"; }
done`;

/** How far ahead of each node's clock ours is, in ms, by a look at it: between two looks the node's own time has passed. */
const clocks = new Map<string, number>();

/** What pods use, by their cgroups: one look into each node. */
export async function usageOf(pods: readonly PodRef[]): Promise<readonly PodUsage[]> {
  const nodes = [...new Set(pods.map(({ node }) => node))];
  const looks = nodes.map(async (node) => {
    const own = pods.filter((pod) => pod.node === node);
    const beforeMs = performance.now();
    const said = await engine(['exec', node, 'sh', '-c', script, 'sh', ...own.map(({ uid }) => uid)]);
    const afterMs = performance.now();
    return own.map((pod) => {
      const { upMs, ...usage } = usageIn(said, pod);
      const byClockMs = upMs + (clocks.get(node) ?? Number.NaN);
      // A machine that has slept, or was started anew, has another clock.
      const atMs = byClockMs >= beforeMs && byClockMs <= afterMs ? byClockMs : (beforeMs + afterMs) / 2;
      clocks.set(node, atMs - upMs);
      return [pod, { atMs, ...usage }] as const;
    });
  });
  const seen = new Map((await Promise.all(looks)).flat());
  return pods.map((pod) => seen.get(pod) as PodUsage);
}

/** What was read, and how long the node had been up by then, in ms. */
type UsageThere = ProcessUse & { readonly upMs: number };

/** Reads what the script says of a pod: all memory but the file pages that nobody has asked for of late, as the kubelet counts its working set. */
export function usageIn(
  said: string,
  { uid, namespace, name }: Pick<PodRef, 'uid' | 'namespace' | 'name'>,
): UsageThere {
  const own = said.split(/^pod /m).find((part) => part.startsWith(uid)) ?? '';
  const number = (line: RegExp): number | undefined => {
    const found = line.exec(own)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const value = (field: string): number | undefined => number(new RegExp(`^${field} (\\d+)$`, 'm'));
  const [upSeconds, current] = [number(/^([\d.]+) [\d.]+$/m), value('current')];
  if (upSeconds === undefined || current === undefined)
    throw environmentError(
      'usage-unknown',
      `what pod ${namespace}/${name} uses cannot be seen: its node shows no cgroup of it`,
    );
  return {
    upMs: upSeconds * 1000,
    cpuSeconds: ((value('usage_usec') ?? 0) * 1000 + (number(/^(\d+)$/m) ?? 0)) / 1e9,
    memoryBytes: Math.max(0, current - (value('total_inactive_file') ?? value('inactive_file') ?? 0)),
  };
}
