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
  if [ -n "$two" ] && [ -e "$two/memory.current" ]; then
    cat "$two/cpu.stat" "$two/memory.stat"; echo "current $(cat "$two/memory.current")"; continue
  fi
  cpu=$(group /sys/fs/cgroup/cpuacct "$uid") memory=$(group /sys/fs/cgroup/memory "$uid")
  [ -z "$cpu" ] || { echo "usage_nsec $(cat "$cpu/cpuacct.usage")"; cat "$memory/memory.stat"; echo "current $(cat "$memory/memory.usage_in_bytes")"; }
done`;

/** What pods use, by their cgroups: one look into each node. */
export async function usageOf(pods: readonly PodRef[]): Promise<readonly PodUsage[]> {
  const nodes = [...new Set(pods.map(({ node }) => node))];
  const said = await Promise.all(
    nodes.map((node) => {
      const uids = pods.filter((pod) => pod.node === node).map(({ uid }) => uid);
      return engine(['exec', node, 'sh', '-c', script, 'sh', ...uids]);
    }),
  );
  return pods.map((pod) => usageIn(said.join('\n'), pod));
}

/** Reads what the script says of a pod: all memory but the file pages that nobody has asked for of late, as the kubelet counts its working set. */
export function usageIn(said: string, { uid, namespace, name }: Pick<PodRef, 'uid' | 'namespace' | 'name'>): PodUsage {
  const own = said.split(/^pod /m).find((part) => part.startsWith(uid)) ?? '';
  const value = (field: string): number | undefined => {
    const found = new RegExp(`^${field} (\\d+)$`, 'm').exec(own)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const current = value('current');
  if (current === undefined)
    throw environmentError(
      'usage-unknown',
      `what pod ${namespace}/${name} uses cannot be seen: its node shows no cgroup of it`,
    );
  return {
    cpuSeconds: ((value('usage_usec') ?? 0) * 1000 + (value('usage_nsec') ?? 0)) / 1e9,
    memoryBytes: Math.max(0, current - (value('total_inactive_file') ?? value('inactive_file') ?? 0)),
  };
}
