import { Command } from 'commander';
import type { ClusterHost, ClusterProvider, ClusterStatus } from '../model/cluster.ts';
import { environmentError, exitCodes, usageError } from '../model/errors.ts';
import { silentProgress } from '../model/progress.ts';
import { readClusterProviders } from '../run/catalogue.ts';
import { choose, suggestion } from '../run/choose.ts';
import { assertFlagsOf, everyFlag, flagsIn } from '../run/provider-flags.ts';
import { createToolchain } from '../toolchain/toolchain.ts';
import { printLogs } from './cluster-logs.ts';
import { statusText } from './cluster-status.ts';
import { checkFlags } from './config.ts';
import { catchInterruption } from './interruption.ts';
import { print } from './print.ts';
import { createProgress } from './progress.ts';
import { addProviderFlags } from './provider-options.ts';
import { runAttached } from './run-attached.ts';

/** Whose clusters are meant when nobody says. */
const defaultCluster = 'local';

/** The name a kept cluster has when nobody names it. */
const defaultName = 'assay';

interface Which {
  readonly cluster: string;
  readonly name: string;
}

const quietHost = (): ClusterHost => {
  const { signal } = new AbortController();
  return { progress: silentProgress, signal, toolchain: createToolchain({ progress: silentProgress, signal }) };
};

const providerNamed = async (name: string): Promise<ClusterProvider> =>
  choose('cluster', name, await readClusterProviders(), (provider) => provider.name);

const unknownCluster = (name: string, known: readonly string[]) =>
  usageError('unknown-cluster-name', `there is no cluster "${name}". ${suggestion(name, known)}`, {
    next: known.length > 0 ? 'ingress-assay cluster status' : `ingress-assay cluster up --name ${name}`,
  });

/** The status of a kept cluster; a usage error that names those there are where it is none of them. */
async function kept({ cluster, name }: Which): Promise<ClusterStatus> {
  const all = await (await providerNamed(cluster)).status(quietHost());
  const found = all.find((status) => status.name === name);
  if (found !== undefined) return found;
  throw unknownCluster(
    name,
    all.map((status) => status.name),
  );
}

/** As `kept`, of one that runs. */
async function running(which: Which): Promise<ClusterStatus> {
  const status = await kept(which);
  if (status.state === 'running') return status;
  throw environmentError(`cluster-${status.state}`, `cluster "${which.name}" is ${status.state}`, {
    next: `ingress-assay cluster ${status.state === 'failed' ? `down ${which.name}` : `status ${which.name}`}`,
    log: status.logFolder,
  });
}

const subcommand = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .option('--cluster <provider>', 'whose cluster it is', defaultCluster)
    .option('--name <name>', 'which cluster', defaultName);

const up = (providers: readonly ClusterProvider[]): Command =>
  addProviderFlags(subcommand('up', 'make a cluster that stays up for later runs'), providers)
    .option('--nodes <count>', 'nodes it has (default: 1; of kind 3)', Number)
    .option('--kubernetes <version>', 'Kubernetes it is, such as v1.37.2')
    .action(async (given: Which & { nodes?: number; kubernetes?: string }) => {
      const { cluster, name, kubernetes } = given;
      const provider = await providerNamed(cluster);
      const flags = flagsIn(checkFlags({ ...given }, everyFlag(providers)), providers);
      assertFlagsOf(provider, providers, flags);
      if (provider.joins) {
        throw usageError('nothing-to-make', `--cluster ${cluster} makes no cluster`, {
          next: `ingress-assay conformance --cluster ${cluster}`,
        });
      }
      const nodes = given.nodes ?? provider.defaultNodes ?? 1;
      const existing = (await provider.status(quietHost())).find((status) => status.name === name);
      if (existing?.state === 'running' && existing.nodes.length === nodes) {
        print(process.stdout, `Cluster "${name}" is up already.\n${hints(cluster, existing)}`);
        return;
      }
      using progress = createProgress(process.stdout);
      using interruption = catchInterruption(progress.note);
      const { signal } = interruption;
      const host: ClusterHost = { progress, signal, toolchain: createToolchain({ progress, signal }) };
      const answer = await provider.available(host);
      if (answer.kind === 'unavailable')
        throw environmentError('cluster-unavailable', `${cluster} cannot make a cluster here: ${answer.reason}`, {
          next: answer.next,
        });
      await using _cluster = await provider.create({ name, nodes, kubernetes, keep: true, logFolder: '', flags }, host);
      progress[Symbol.dispose]();
      print(process.stdout, `Cluster "${name}" is up.\n${hints(cluster, await running({ cluster, name }))}`);
    });

const hints = (provider: string, { name, kubeconfigFile }: ClusterStatus): string =>
  [
    `  export KUBECONFIG=${kubeconfigFile}`,
    `  ingress-assay conformance --cluster ${provider} --name ${name}`,
    `  ingress-assay cluster down ${provider === defaultCluster ? '' : `--cluster ${provider} `}${name}`,
    '',
  ].join('\n');

const down = new Command('down')
  .description('remove clusters and everything of them')
  .argument('[names...]', 'which', [defaultName])
  .option('--cluster <provider>', 'whose clusters they are', defaultCluster)
  .action(async (names: string[], { cluster }: { cluster: string }) => {
    const provider = await providerNamed(cluster);
    const host = quietHost();
    const known = (await provider.status(host)).map((status) => status.name);
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined) throw unknownCluster(unknown, known);
    for (const name of names) if (await provider.remove(name, host)) print(process.stdout, `Removed "${name}".\n`);
  });

const status = new Command('status')
  .description('show the clusters there are, what they run on and who keeps them')
  .argument('[name]', 'only this one')
  .option('--cluster <provider>', 'whose clusters', defaultCluster)
  .option('--json', 'as JSON on stdout')
  .action(async (name: string | undefined, { cluster, json }: { cluster: string; json?: boolean }) => {
    const shown =
      name === undefined ? await (await providerNamed(cluster)).status(quietHost()) : [await kept({ cluster, name })];
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
    const found = await kept(which);
    const attach = async () => (await providerNamed(which.cluster)).attach(which.name, quietHost());
    await printLogs(found, component, out, attach);
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
  $ ingress-assay cluster up --nodes 2
  $ ingress-assay cluster kubectl get pods -A
  $ ingress-assay cluster kubectl --name lab logs -f deployment/web
  $ KUBECONFIG=$(ingress-assay cluster kubeconfig) k9s
  $ ingress-assay cluster logs kube-apiserver
  $ ingress-assay cluster down`,
    );
  for (const each of [up(providers), down, status, kubeconfig, kubectl, logs]) command.addCommand(each);
  return command;
}
