import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import type { ClusterHost, ClusterProvider } from '../model/cluster.ts';
import { AssayError, type ExitCode, exitCodes, usageError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { exitCodeOf } from '../model/summary.ts';
import { readControllers, readReporters, readSuites } from '../run/catalogue.ts';
import { choose } from '../run/choose.ts';
import { type Audience, runConformance } from '../run/conformance.ts';
import { chooseMochaReporter, mochaReporters } from '../run/mocha.ts';
import { claimOut, prepareOut, setAside, type Written, writeReports } from '../run/out-folder.ts';
import { select } from '../run/plan.ts';
import { everyFlag } from '../run/provider-flags.ts';
import { verdictLine } from '../run/verdict-line.ts';
import { createToolchain } from '../toolchain/toolchain.ts';
import { chosenController } from './chosen-controller.ts';
import { clusterWishOf } from './cluster-wish.ts';
import { checkFlags, defaultConfigFile, readConfig } from './config.ts';
import { isOnGitHub, suspendCommands } from './github.ts';
import { catchInterruption } from './interruption.ts';
import { checkLines } from './list.ts';
import { print } from './print.ts';
import { createProgress } from './progress.ts';
import { addProviderFlags } from './provider-options.ts';

interface Flags {
  readonly config?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** `ingress-assay conformance`: the whole run. */
export const conformanceCommand = (providers: readonly ClusterProvider[]): Command =>
  addProviderFlags(new Command('conformance'), providers)
    .description('prove what an ingress controller does, on a cluster made for the purpose')
    .argument('[checks...]', 'ids of checks; all where none is named')
    .option('--controller <name>', 'the controller under test, or a file that defines one (default: traefik)')
    .option('--ingress-class <name>', 'the class that it serves (default: one of its own)')
    .option('--cluster <provider>', 'where it runs (default: kind where Docker answers, else local)')
    .option('--name <name>', 'a kept cluster to join, or the name of the one to make')
    .option('--nodes <count>', 'nodes of the cluster to make (default: 2)', Number)
    .option('--kubernetes <version>', 'Kubernetes of the cluster to make, such as v1.37.2')
    .option('--keep', 'leave the cluster up for later runs')
    .option('--suite <name...>', 'only these suites')
    .option('--grep <pattern>', 'only checks whose id or title matches this regular expression')
    .option('--bail', 'stop after the first check that does not hold')
    .option(
      '--fail-on <what>',
      'what fails the run: spec, convention (the default: both), known (those listed as known too)',
    )
    .option('--reporter <name>', `present the run with one of mocha's reporters: ${mochaReporters.join(', ')}`)
    .option('--out <folder>', 'where everything is written (default: assay-report)')
    .option('--config <file>', `settings, which flags override (default: ${defaultConfigFile}, where there is one)`)
    .option('--list', 'only say which checks would be tried')
    .option('--json', 'print the report as JSON on stdout, and all else on stderr')
    .addHelpText(
      'after',
      `
Examples:
  $ ingress-assay conformance                                 all checks against Traefik
  $ ingress-assay conformance tutorial/affinity               one check
  $ ingress-assay conformance --grep affinity --list          which checks that would be
  $ ingress-assay conformance --nodes 1 --bail
  $ ingress-assay conformance --name lab --keep               again and again on the same cluster
  $ ingress-assay conformance --controller ./my-controller.ts --image my/controller:dev=./bin/controller
  $ ingress-assay conformance --json > report.json`,
    )
    .action(async (checks: string[], flags: Flags) => {
      process.exitCode = await conformance(checks, flags, providers);
    });

/** A line for each check that was tried, under the headings of its area and step. */
function liveLines(note: (line: string) => void): Pick<Audience, 'verdict' | 'heading'> {
  const headings: string[] = [];
  return {
    heading: (title) => headings.push(title),
    verdict: (outcome) => {
      if (outcome.verdict.kind === 'skipped' && outcome.startedAtMs === undefined) return;
      for (const title of headings.splice(0)) note(title);
      note(verdictLine(outcome));
    },
  };
}

async function conformance(
  checks: readonly string[],
  flags: Flags,
  providers: readonly ClusterProvider[],
): Promise<ExitCode> {
  const known = everyFlag(providers);
  const settings = { ...(await readConfig(flags.config, known)), ...checkFlags({ ...flags }, known) };
  const [suites, controllers, reporters] = await Promise.all([readSuites(), readControllers(), readReporters()]);
  const selected = select(suites, { suites: settings.suite, checks, grep: settings.grep });
  if (flags.list) {
    print(process.stdout, checkLines(selected.flatMap((suite) => suite.checks)));
    return exitCodes.passed;
  }
  const controller = await chosenController(settings.controller ?? 'traefik', controllers, settings['ingress-class']);
  const out = resolve(settings.out ?? 'assay-report');
  const cluster = clusterWishOf(settings, providers, out);
  const mochaReporter = settings.reporter === undefined ? undefined : chooseMochaReporter(settings.reporter);
  if (flags.json && mochaReporter !== undefined) {
    throw usageError('two-on-stdout', '--json and --reporter both write to stdout', { next: 'leave one of them out' });
  }
  const command = ['ingress-assay', ...process.argv.slice(2)];
  await prepareOut(out);

  const output = flags.json ? process.stderr : process.stdout;
  using commands = suspendCommands(output);
  using progress = createProgress(output);
  using interruption = catchInterruption(progress.note);
  const { signal } = interruption;
  await using _claim = await claimOut(out, command.join(' '), signal);
  await setAside(out, progress.note);
  const host: ClusterHost = { toolchain: createToolchain({ progress, signal }), progress, signal };

  let written: Written = { files: [], problems: [] };
  const { report, thrown } = await runConformance(
    {
      controller,
      suites: selected,
      providers,
      cluster,
      logFolder: join(out, 'logs'),
      bail: settings.bail ?? false,
      mochaReporter,
      command,
    },
    host,
    {
      ...liveLines(progress.note),
      report: async (soFar) => {
        written = await writeReports(soFar, reporters, out);
      },
    },
  );
  await tell(report);
  if (thrown instanceof AssayError && thrown.exitCode === exitCodes.usage) return exitCodes.usage;
  // Whatever came while it was cleaning up cost no verdict, and yet is how it ended.
  if (signal.aborted && signal.reason instanceof AssayError) return signal.reason.exitCode;
  return written.problems.length > 0 ? exitCodes.environment : exitCodeOf(report, settings['fail-on']);

  async function tell(final: Report): Promise<void> {
    progress[Symbol.dispose]();
    const table = choose('reporter', 'console', reporters, ({ name }) => name);
    print(output, await table.render(final));
    for (const problem of written.problems) print(output, `! ${problem}\n`);
    const files = written.files.map((file) => basename(file)).join(', ');
    if (files !== '') print(output, `Report: ${out}/ (${files})\n`);
    commands[Symbol.dispose]();
    if (isOnGitHub())
      print(output, await choose('reporter', 'annotations', reporters, ({ name }) => name).render(final));
    if (flags.json) process.stdout.write(`${JSON.stringify(final, null, 2)}\n`);
  }
}
