import type { ClusterHost, ClusterProvider, ProviderFlags } from '../model/cluster.ts';
import { environmentError } from '../model/errors.ts';
import { choose } from './choose.ts';
import { knowsFlags } from './provider-flags.ts';

/** The providers that are taken unasked, best first. */
const preferred = ['kind', 'local'];

/** What says which provider is meant. */
export interface ProviderWish {
  /** Its name. */
  readonly provider?: string | undefined;
  /** A cluster of its that may run already. */
  readonly name?: string | undefined;
  /** What flags of providers were given, by name. */
  readonly flags?: ProviderFlags;
}

/**
 * The provider that is asked for. Unasked it is one that takes the flags given: the one whose kept cluster of that name runs, else the
 * first of the preferred that can work on this machine.
 */
export async function chooseProvider(
  providers: readonly ClusterProvider[],
  { provider: asked, name, flags = {} }: ProviderWish,
  host: ClusterHost,
): Promise<ClusterProvider> {
  if (asked !== undefined) return choose('cluster', asked, providers, (provider) => provider.name);
  const known = preferred.flatMap((wanted) => providers.find((provider) => provider.name === wanted) ?? []);
  const fit = known.filter((provider) => knowsFlags(provider, flags));
  const candidates = fit.length > 0 ? fit : known;
  if (name !== undefined)
    for (const provider of candidates) if ((await provider.list(host)).includes(name)) return provider;
  const refusals: string[] = [];
  for (const provider of candidates) {
    const answer = await provider.available(host);
    if (answer.kind === 'available') return provider;
    refusals.push(`${provider.name}: ${answer.reason} (next: ${answer.next})`);
  }
  throw environmentError('no-cluster', `no cluster can be made on this machine.\n${refusals.join('\n')}`, {
    next: 'ingress-assay doctor',
  });
}
