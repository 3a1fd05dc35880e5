import type { Cluster, ClusterHost, ClusterProvider, ProviderFlags } from '../model/cluster.ts';
import { environmentError, usageError } from '../model/errors.ts';
import { chooseProvider } from './choose-provider.ts';
import { assertFlagsOf } from './provider-flags.ts';

export interface ClusterWish {
  /** Name of the provider; where absent, see `chooseProvider`. */
  readonly provider?: string | undefined;
  /** A kept cluster to attach to, or the new one's name; where absent `assay` for one to keep, else a name nobody has. */
  readonly name?: string | undefined;
  readonly nodes?: number | undefined;
  /** How many nodes one that is made has where nobody says, from what its provider would choose; else that, or two. */
  readonly unasked?: (own: number | undefined) => number;
  readonly kubernetes?: string | undefined;
  readonly keep: boolean;
  readonly logFolder: string;
  /** What flags of providers were given, by name; one of another provider than the chosen is a usage error. */
  readonly flags?: ProviderFlags;
  /** Why the run cannot be on a cluster of a provider, which is then a usage error; nothing where it can. */
  readonly refuses?: (provider: ClusterProvider) => string | undefined;
}

/** Two, so that what concerns several nodes is proven unasked: any node's NodePort, a client hidden behind another node. */
const defaultNodes = 2;

/** The name a kept cluster has when nobody names it. */
export const defaultName = 'assay';

/** The cluster to run on, and whether it was there before. */
export interface Acquired {
  readonly cluster: Cluster;
  readonly attached: boolean;
}

/** What says how a cluster is to be made means nothing where none is. */
function assertNothingToMake({ name }: ClusterProvider, wish: ClusterWish): void {
  const given = (['name', 'nodes', 'kubernetes', 'keep'] as const).find((key) => wish[key]);
  if (given === undefined) return;
  throw usageError('nothing-to-make', `--cluster ${name} makes no cluster, so --${given} says nothing`, {
    next: `leave out --${given}`,
  });
}

/** Throws a usage error, and leaves the cluster, where it is not what it is wished to be. */
async function assertAsWished(existing: Cluster, { nodes, kubernetes }: ClusterWish): Promise<void> {
  const { name, versions } = existing;
  const [flag, is, asked] =
    nodes !== undefined && nodes !== existing.nodes.length
      ? ['nodes', `has ${existing.nodes.length} nodes`, nodes]
      : kubernetes !== undefined && !`${versions.kubernetes}.`.startsWith(`${kubernetes}.`)
        ? ['kubernetes', `is of Kubernetes ${versions.kubernetes}`, kubernetes]
        : [];
  if (flag === undefined) return;
  await existing[Symbol.asyncDispose]();
  throw usageError('cluster-differs', `the kept cluster ${name} ${is}, not ${asked}`, {
    next: `leave out --${flag}, or take another --name`,
  });
}

/** Attaches to the kept cluster of that name, or makes one. What cannot work here is refused before anything is made. */
export async function acquireCluster(
  providers: readonly ClusterProvider[],
  wish: ClusterWish,
  host: ClusterHost,
): Promise<Acquired> {
  const { kubernetes, keep, logFolder, flags = {} } = wish;
  const keptName = wish.name ?? (keep ? defaultName : undefined);
  const provider = await chooseProvider(providers, { provider: wish.provider, name: keptName, flags }, host);
  const nodes = wish.nodes ?? wish.unasked?.(provider.defaultNodes) ?? provider.defaultNodes ?? defaultNodes;
  assertFlagsOf(provider, providers, flags);
  const refusal = wish.refuses?.(provider);
  if (refusal !== undefined) throw usageError('cluster-unfit', refusal, { next: '--cluster local' });
  if (provider.joins) {
    assertNothingToMake(provider, wish);
    return {
      cluster: await provider.create({ name: '', nodes: 0, keep: false, logFolder, flags }, host),
      attached: true,
    };
  }
  const existing = keptName === undefined ? undefined : await provider.attach(keptName, host, flags);
  if (existing !== undefined) {
    await assertAsWished(existing, wish);
    return { cluster: existing, attached: true };
  }
  const answer = await provider.available(host);
  if (answer.kind === 'unavailable') {
    throw environmentError('cluster-unavailable', `${provider.name} cannot make a cluster here: ${answer.reason}`, {
      next: answer.next,
    });
  }
  const name = keptName ?? `run-${process.pid}`;
  const cluster = await provider.create({ name, nodes, kubernetes, keep, logFolder, flags }, host);
  return { cluster, attached: false };
}
