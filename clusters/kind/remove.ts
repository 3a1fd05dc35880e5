import type { ClusterHost } from '../../src/model/cluster.ts';
import { timeouts } from '../../src/model/timeouts.ts';
import { removeClients } from './client.ts';
import { run } from './engine.ts';
import { explained } from './explain.ts';
import { containersOf, otherEngine } from './ours.ts';
import { forget, kindNameOf, kubeconfigOf, makerRuns, names, read } from './state.ts';

/** Removes a cluster of ours and everything of it; false where none is written down. Containers that are not ours stay. */
export async function remove(name: string, { toolchain }: ClusterHost): Promise<boolean> {
  const written = await read(name);
  if (written === undefined) return false;
  const kindName = kindNameOf(name);
  const containers = await containersOf(name, written);
  if (containers === undefined) throw otherEngine(name, written);
  const ours = written.made === undefined || containers.every(({ id }) => written.made?.containers.includes(id));
  // Of a cluster that somebody has removed by kind the client outside is left.
  if (ours) await removeClients(kindName);
  if (containers.length > 0 && ours) {
    const kind = (await toolchain.ensure(['kind'])).get('kind');
    const gone = await run(
      [kind?.path ?? 'kind', 'delete', 'cluster', '--name', kindName, '--kubeconfig', kubeconfigOf(name)],
      { timeoutMs: timeouts.kindMs },
    );
    if (gone.code !== 0) throw explained(`the cluster "${name}" cannot be removed`, gone.stderr);
  }
  await forget(name);
  return true;
}

/** Removes the clusters of runs that were killed before they could. */
export async function sweep(host: ClusterHost): Promise<void> {
  for (const name of await names()) {
    const written = await read(name);
    if (written === undefined || written.keep || makerRuns(written)) continue;
    if ((await containersOf(name, written)) === undefined) continue;
    await host.progress.step(`remove the kind cluster "${name}", left by a run that was killed`, () =>
      remove(name, host),
    );
  }
}
