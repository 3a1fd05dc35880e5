import { Command } from 'commander';
import { createKube } from '../kube/create-kube.ts';
import type { ClusterHost, ClusterProvider } from '../model/cluster.ts';
import { usageError } from '../model/errors.ts';
import { choose } from '../run/choose.ts';
import { removeOwned } from '../run/owned.ts';
import { assertFlagsOf, everyFlag, flagsIn } from '../run/provider-flags.ts';
import { createToolchain } from '../toolchain/toolchain.ts';
import { checkFlags } from './config.ts';
import { catchInterruption } from './interruption.ts';
import { print } from './print.ts';
import { createProgress } from './progress.ts';
import { addProviderFlags } from './provider-options.ts';

interface Which {
  readonly cluster: string;
  readonly name?: string;
}

/** `ingress-assay cleanup`: removes what a run that was killed has left on a cluster that stays. */
export const cleanupCommand = (providers: readonly ClusterProvider[]): Command =>
  addProviderFlags(new Command('cleanup'), providers)
    .description('remove what a broken run has left on a cluster; never what a run that still goes on has made')
    .option('--cluster <provider>', 'whose cluster it is', 'existing')
    .option('--name <name>', 'which kept cluster')
    .addHelpText('after', '\nExample:\n  $ ingress-assay cleanup --context staging')
    .action(async (given: Which) => {
      const provider = choose('cluster', given.cluster, providers, ({ name }) => name);
      const flags = flagsIn(checkFlags({ ...given }, everyFlag(providers)), providers);
      assertFlagsOf(provider, providers, flags);
      using progress = createProgress(process.stdout);
      using interruption = catchInterruption(progress.note);
      const { signal } = interruption;
      const host: ClusterHost = { progress, signal, toolchain: createToolchain({ progress, signal }) };
      await using cluster = provider.joins
        ? await provider.create({ name: '', nodes: 0, keep: false, logFolder: '', flags }, host)
        : await provider.attach(given.name ?? '', host, flags);
      if (cluster === undefined) {
        throw usageError('unknown-cluster-name', `there is no cluster "${given.name ?? ''}" of ${provider.name}`, {
          next: `ingress-assay cluster status --cluster ${provider.name}`,
        });
      }
      const removed = await progress.step(`remove what runs have left on ${cluster.name}`, () =>
        removeOwned(createKube(cluster.kubeconfig, signal)),
      );
      progress[Symbol.dispose]();
      const lines = removed.map(({ kind, name }) => `Removed ${kind} ${name}.`);
      print(process.stdout, `${lines.length > 0 ? lines.join('\n') : 'There was nothing of ours.'}\n`);
    });
