import type { ClusterStatus } from '../../../src/model/cluster.ts';
import { memoryOf } from './memory.ts';
import { allKept, type Kept, kubeconfigOf, logFolderOf } from './state.ts';

/** Every kept cluster as it fares now. */
export const status = async (): Promise<readonly ClusterStatus[]> =>
  Promise.all([...(await allKept())].map(([name, kept]) => statusOf(name, kept)));

async function statusOf(name: string, { keeper, sinceMs, phase }: Kept): Promise<ClusterStatus> {
  const running = phase.kind === 'running' ? phase.facts : undefined;
  return {
    name,
    state: phase.kind,
    ...(phase.kind === 'failed' ? { reason: phase.failure.message } : {}),
    sinceMs,
    owner: phase.kind === 'failed' ? 'nobody' : `process ${keeper.pid}`,
    nodes: running?.nodes.map(({ name, address }) => ({ name, address })) ?? [],
    kubeconfigFile: running === undefined ? '' : kubeconfigOf(name),
    logFolder: logFolderOf(name),
    versions: running?.versions ?? {},
    processes: running === undefined ? [] : await memoryOf(running.pid),
  };
}
