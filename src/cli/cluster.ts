import { Command } from 'commander';
import type { ClusterHost, ClusterProvider, ClusterStatus } from '../model/cluster.ts';
import { environmentError, exitCodes, usageError } from '../model/errors.ts';
import { silentProgress } from '../model/progress.ts';
import { acquireCluster, defaultName } from '../run/acquire-cluster.ts';
import { readClusterProviders } from '../run/catalogue.ts';
import { choose, suggestion } from '../run/choose.ts';
import { everyFlag, flagsIn } from '../run/provider-flags.ts';
import { createToolchain } from '../toolchain/toolchain.ts';
import { printLogs } from './cluster-logs.ts';
import { statusText } from './cluster-status.ts';
import { checkFlags } from './config.ts';
import { catchInterruption } from './interruption.ts';
import { print } from './print.ts';
import { createProgress } from './progress.ts';
import { addProviderFlags } from './provider-options.ts';
import { runAttached } from './run-attached.ts';

interface Which {
  /** Its provider's name; whoever has a cluster of that name where absent. */
  readonly cluster?: string;
  readonly name: string;
}

/** A kept cluster, and whose it is. */
interface Kept {
  readonly provider: ClusterProvider;
  readonly status: ClusterStatus;
}

const quietHost = (): ClusterHost => {
  const { signal } = new AbortController();
  return { progress: silentProgress, signal, toolchain: createToolchain({ progress: silentProgress, signal }) };
};

/** Every kept cluster, or those of that provider. */
async function allKept(cluster: string | undefined): Promise<readonly Kept[]> {
  const providers = await readClusterProviders();
  const asked = cluster === undefined ? providers : [choose('cluster', cluster, providers, ({ name }) => name)];
  const statuses = await Promise.all(asked.map((provider) => provider.status(quietHost())));
  return asked.flatMap((provider, index) => (statuses[index] ?? []).map((status) => ({ provider, status })));
}

/** The kept cluster of that name; a usage error that says which there are where it is none, or more than one. */
async function kept({ cluster, name }: Which): Promise<Kept> {
  const all = await allKept(cluster);
  const found = all.filter(({ status }) => status.name === name);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const known = all.map(({ status }) => status.name);
  if (first === undefined)
    throw usageError('unknown-cluster-name', `there is no cluster "${name}". ${suggestion(name, known)}`, {
      next: known.length > 0 ? 'ingress-assay cluster status' : `ingress-assay cluster up --name ${name}`,
    });
  const whose = found.map(({ provider }) => `--cluster ${provider.name}`).join(' or ');
  throw usageError('cluster-ambiguous', `there is more than one cluster "${name}"`, { next: `say ${whose}` });
}

/** As `kept`, of one that runs. */
async function running(which: Which): Promise<ClusterStatus> {
  const { status } = await kept(which);
  if (status.state === 'running') return status;
  throw environmentError(`cluster-${status.state}`, `cluster "${which.name}" is ${status.state}`, {
    next: `ingress-assay cluster ${status.state === 'failed' ? `down ${which.name}` : `status ${which.name}`}`,
    log: status.logFolder,
  });
}

const subcommand = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .option('--cluster <provider>', 'whose cluster it is, where several have one of that name')
    .option('--name <name>', 'which cluster', defaultName);

const up = (providers: readonly ClusterProvider[]): Command =>
  addProviderFlags(new Command('up').description('make a cluster that stays up for later runs'), providers)
    .option('--cluster <provider>', 'what makes it (default: kind where Docker answers, else local)')
    .option('--name <name>', 'what it is called', defaultName)
    .option('--nodes <count>', 'nodes it has (default: 1; of kind 3)', Number)
    .option('--kubernetes <version>', 'Kubernetes it is, such as v1.37.2')
    .action(async (given: { cluster?: string; name: string; nodes?: number; kubernetes?: string }) => {
      const { cluster, name, nodes, kubernetes } = given;
      const flags = flagsIn(checkFlags({ ...given }, everyFlag(providers)), providers);
      if (providers.find((provider) => provider.name === cluster)?.joins) {
        throw usageError('nothing-to-make', `--cluster ${cluster} makes no cluster`, {
          next: `ingress-assay conformance --cluster ${cluster}`,
        });
      }
      using progress = createProgress(process.stdout);
      using interruption = catchInterruption(progress.note);
      const { signal } = interruption;
      const host: ClusterHost = { progress, signal, toolchain: createToolchain({ progress, signal }) };
      const unasked = (own: number | undefined) => own ?? 1;
      const wish = { provider: cluster, name, nodes, unasked, kubernetes, keep: true, logFolder: '', flags };
      const acquired = await acquireCluster(providers, wish, host);
      await using _cluster = acquired.cluster;
      const { provider } = acquired.cluster;
      progress[Symbol.dispose]();
      print(
        process.stdout,
        `Cluster "${name}" is up${acquired.attached ? ' already' : ''}.\n${hints(provider, await running({ cluster: provider, name }))}`,
      );
    });

const hints = (provider: string, { name, kubeconfigFile }: ClusterStatus): string =>
  [
    `  export KUBECONFIG=${kubeconfigFile}`,
    `  ingress-assay conformance --cluster ${provider} --name ${name}`,
    `  ingress-assay cluster down --cluster ${provider} ${name}`,
    '',
  ].join('\n');

const down = new Command('down')
  .description('remove clusters and everything of them')
  .argument('[names...]', 'which', [defaultName])
  .option('--cluster <provider>', 'whose clusters they are, where several have one of that name')
  .action(async (names: string[], { cluster }: { cluster?: string }) => {
    const found: Kept[] = [];
    for (const name of names) found.push(await kept({ ...(cluster !== undefined && { cluster }), name }));
    for (const { provider, status } of found)
      if (await provider.remove(status.name, quietHost())) print(process.stdout, `Removed "${status.name}".\n`);
  });

const status = new Command('status')
  .description('show the clusters there are, what they run on and who keeps them')
  .argument('[name]', 'only this one')
  .option('--cluster <provider>', 'whose clusters (default: everybody’s)')
  .option('--json', 'as JSON on stdout')
  .action(async (name: string | undefined, { cluster, json }: { cluster?: string; json?: boolean }) => {
    const which = cluster === undefined ? {} : { cluster };
    const all = name === undefined ? await allKept(cluster) : [await kept({ ...which, name })];
    const shown = all.map((one) => one.status);
    if (json) process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    else print(process.stdout, statusText(shown, Date.now()));
  });

const kubeconfig = subcommand('kubeconfig', 'print the path of a kubeconfig for the cluster').action(
  async (which: Which) => {
    process.stdout.write(`${(await running(which)).kubeconfigFile}\n`);
  },
);

const kubectl = subcommand('kubectl', 'run kubectl against the cluster')
  .argument('[arguments...]', 'for kubectl')
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (args: string[], which: Which) => {
    const { kubeconfigFile } = await running(which);
    using progress = createProgress(process.stderr);
    using interruption = catchInterruption(progress.note);
    const { signal } = interruption;
    const program = (await createToolchain({ progress, signal }).ensure(['kubectl'])).get('kubectl');
    interruption[Symbol.dispose]();
    progress[Symbol.dispose]();
    const command = [program?.path ?? 'kubectl', `--kubeconfig=${kubeconfigFile}`, ...args];
    process.exitCode = await runAttached(command, program?.env ?? {});
  });

const logs = subcommand('logs', 'show the logs of the cluster’s components, or copy them all')
  .argument('[component]', 'print this one’s log; a list of them where absent')
  .option('--out <folder>', 'copy all logs, those of pods included, into this folder')
  .action(async (component: string | undefined, { out, ...which }: Which & { out?: string }) => {
    const { provider, status } = await kept(which);
    await printLogs(status, component, out, provider, quietHost());
    process.exitCode = exitCodes.passed;
  });

/** `ingress-assay cluster`: clusters that stay up between runs. */
export function clusterCommand(providers: readonly ClusterProvider[]): Command {
  const command = new Command('cluster')
    .description('clusters that stay up between runs')
    .enablePositionalOptions()
    .addHelpText(
      'after',
      `
Examples:
  $ ingress-assay cluster up
  $ ingress-assay cluster kubectl get pods -A
  $ ingress-assay cluster kubectl --name lab logs -f deployment/web
  $ KUBECONFIG=$(ingress-assay cluster kubeconfig) k9s
  $ ingress-assay cluster logs kube-apiserver
  $ ingress-assay cluster down`,
    );
  for (const each of [up(providers), down, status, kubeconfig, kubectl, logs]) command.addCommand(each);
  return command;
}
