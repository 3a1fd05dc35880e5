import type { Command } from 'commander';
import type { ClusterProvider } from '../model/cluster.ts';
import { everyFlag } from '../run/provider-flags.ts';

/** The command with the flags of every provider added; help says whose each is. */
export function addProviderFlags(command: Command, providers: readonly ClusterProvider[]): Command {
  for (const { name, argument, description } of everyFlag(providers)) {
    const owners = providers.filter(({ flags }) => flags?.some((flag) => flag.name === name));
    command.option(`--${name} ${argument}`, `${description} (${owners.map((owner) => owner.name).join(', ')})`);
  }
  return command;
}
