import { join } from 'node:path';
import type { ClusterProvider } from '../model/cluster.ts';
import type { ClusterWish } from '../run/acquire-cluster.ts';
import { choose } from '../run/choose.ts';
import { assertFlagsOf, flagsIn } from '../run/provider-flags.ts';
import type { Settings } from './config.ts';

/** The cluster that a run's settings ask for, its logs below the run's folder; a provider that is not there, or a flag of another one, is a usage error. */
export function clusterWishOf(settings: Settings, providers: readonly ClusterProvider[], out: string): ClusterWish {
  const flags = flagsIn(settings, providers);
  if (settings.cluster !== undefined)
    assertFlagsOf(
      choose('cluster', settings.cluster, providers, ({ name }) => name),
      providers,
      flags,
    );
  return {
    provider: settings.cluster,
    name: settings.name,
    nodes: settings.nodes,
    kubernetes: settings.kubernetes,
    keep: settings.keep ?? false,
    logFolder: join(out, 'logs', 'cluster'),
    flags,
  };
}
