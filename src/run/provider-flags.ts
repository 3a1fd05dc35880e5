import type { ClusterProvider, ProviderFlag, ProviderFlags } from '../model/cluster.ts';
import { usageError } from '../model/errors.ts';

/** The flags of all providers. */
export const everyFlag = (providers: readonly ClusterProvider[]): readonly ProviderFlag[] => [
  ...new Map(providers.flatMap(({ flags = [] }) => flags.map((flag) => [flag.name, flag] as const))).values(),
];

/** What of these settings is a flag of some provider, by the flag's name. */
export const flagsIn = (
  settings: Readonly<Record<string, unknown>>,
  providers: readonly ClusterProvider[],
): ProviderFlags =>
  Object.fromEntries(
    everyFlag(providers).flatMap(({ name }): [string, ProviderFlags[string]][] => {
      const value = settings[name];
      return typeof value === 'string' || Array.isArray(value) ? [[name, value]] : [];
    }),
  );

/** Whether all of these are flags of that provider. */
export const knowsFlags = ({ flags = [] }: ClusterProvider, given: ProviderFlags): boolean =>
  Object.keys(given).every((name) => flags.some((own) => own.name === name));

/** Throws a usage error that names the first flag given which only other providers know. */
export function assertFlagsOf(
  { name, flags = [] }: ClusterProvider,
  providers: readonly ClusterProvider[],
  given: ProviderFlags,
): void {
  const foreign = Object.keys(given).find((flag) => !flags.some((own) => own.name === flag));
  if (foreign === undefined) return;
  const owners = providers.filter((provider) => provider.flags?.some((flag) => flag.name === foreign));
  const { elsewhere = `leave out --${foreign}` } = everyFlag(owners).find((flag) => flag.name === foreign) ?? {};
  const whose = owners.map((owner) => owner.name).join(' or ');
  throw usageError(
    'flag-of-another-provider',
    `--${foreign} is for --cluster ${whose}; this run's cluster is ${name}`,
    {
      next: `${elsewhere}, or say --cluster ${owners[0]?.name}`,
    },
  );
}
