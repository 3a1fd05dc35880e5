import type { ClusterStatus } from '../model/cluster.ts';
import { duration } from '../model/printable.ts';

const mebibytes = (value: number): string => `${Math.round(value)} MiB`;

/** What `cluster status` shows of each cluster. */
export function statusText(clusters: readonly ClusterStatus[], nowMs: number): string {
  if (clusters.length === 0) return 'There is no cluster. Make one: ingress-assay cluster up\n';
  return clusters.map((cluster) => oneCluster(cluster, nowMs)).join('\n');
}

function oneCluster(cluster: ClusterStatus, nowMs: number): string {
  const { name, state, reason, sinceMs, owner, nodes, versions, kubeconfigFile, logFolder, processes } = cluster;
  const total = processes.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
  const programs = byProgram(processes);
  const width = Math.max(0, ...programs.map(([program]) => program.length));
  const rows: readonly (readonly [string, string])[] = [
    ['state', reason === undefined ? state : `${state}: ${reason}`],
    ['since', duration(nowMs - sinceMs)],
    ['kept by', owner],
    ['nodes', nodes.map((node) => `${node.name} (${node.address})`).join(', ')],
    [
      'versions',
      Object.entries(versions)
        .map((entry) => entry.join(' '))
        .join(', '),
    ],
    ['kubeconfig', kubeconfigFile],
    ['logs', logFolder],
    ['memory', total === 0 ? '' : mebibytes(total)],
  ];
  return [
    name,
    ...rows.filter(([, value]) => value !== '').map(([title, value]) => `  ${title.padEnd(10)}  ${value}`),
    ...programs.map(([program, memoryMiB]) => `    ${program.padEnd(width)}  ${mebibytes(memoryMiB).padStart(8)}`),
    '',
  ].join('\n');
}

/** Memory by program, `3 × node` for three processes of one; those of less than half a MiB only add noise. */
function byProgram(processes: ClusterStatus['processes']): readonly (readonly [program: string, memoryMiB: number])[] {
  const shares = new Map<string, number[]>();
  for (const { name, memoryMiB } of processes) shares.set(name, [...(shares.get(name) ?? []), memoryMiB]);
  return [...shares]
    .map(
      ([name, each]) => [each.length === 1 ? name : `${each.length} × ${name}`, each.reduce((a, b) => a + b)] as const,
    )
    .filter(([, memoryMiB]) => memoryMiB >= 0.5)
    .sort(([, a], [, b]) => b - a);
}
