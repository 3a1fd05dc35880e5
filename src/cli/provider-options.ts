import type { Command } from 'commander';
import type { ClusterProvider } from '../model/cluster.ts';
import { everyFlag } from '../run/provider-flags.ts';

/** The command with the flags of every provider added; help says whose each is. */
export function addProviderFlags(command: Command, providers: readonly ClusterProvider[]): Command {
  for (const { name, argument, description, repeatable } of everyFlag(providers)) {
    const owners = providers.filter(({ flags }) => flags?.some((flag) => flag.name === name));
    const help = `${description} (${owners.map((owner) => owner.name).join(', ')})`;
    if (repeatable) command.option(`--${name} ${argument}`, help, (value, others: string[] = []) => [...others, value]);
    else command.option(`--${name} ${argument}`, help);
  }
  return command;
}
