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
  const width = Math.max(0, ...processes.map((process) => process.name.length));
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
    ...processes.map((process) => `    ${process.name.padEnd(width)}  ${mebibytes(process.memoryMiB).padStart(8)}`),
    '',
  ].join('\n');
}
