import { randomInt } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import type { ClusterHost, ClusterProvider } from '../model/cluster.ts';
import { AssayError, type ExitCode, exitCodes } from '../model/errors.ts';
import { duration } from '../model/printable.ts';
import type { Report } from '../model/report.ts';
import type { Scenario } from '../model/scenario.ts';
import { exitCodeOf } from '../model/summary.ts';
import { runBenchmark } from '../run/benchmark/benchmark.ts';
import { assertWithin, limitsHere } from '../run/benchmark/limits.ts';
import { noiseFloorOf } from '../run/benchmark/noise.ts';
import { generatorThreads } from '../run/benchmark/placement.ts';
import { planScenarios } from '../run/benchmark/plan.ts';
import { type Measure, measures } from '../run/benchmark/profiles.ts';
import { assertCarriedOut } from '../run/benchmark/refusals.ts';
import { turnsOf } from '../run/benchmark/turns.ts';
import { readControllers, readEngines, readReporters, readScenarios } from '../run/catalogue.ts';
import { choose } from '../run/choose.ts';
import { claimOut, prepareOut, setAside, type Written, writeReports } from '../run/out-folder.ts';
import { everyFlag } from '../run/provider-flags.ts';
import { readReport } from '../run/read-report.ts';
import { createToolchain } from '../toolchain/toolchain.ts';
import { chosenController } from './chosen-controller.ts';
import { clusterWishOf } from './cluster-wish.ts';
import { checkFlags, defaultConfigFile, readConfig } from './config.ts';
import { suspendCommands } from './github.ts';
import { catchInterruption } from './interruption.ts';
import { scenarioLines } from './list.ts';
import { print } from './print.ts';
import { createProgress } from './progress.ts';
import { addProviderFlags } from './provider-options.ts';

interface Flags {
  readonly config?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** `ingress-assay benchmark`: how much, how slow, and how sure. */
export const benchmarkCommand = (providers: readonly ClusterProvider[]): Command =>
  addProviderFlags(new Command('benchmark'), providers)
    .description(
      'measure an ingress controller under load, alone or held against another, on a cluster made for the purpose',
    )
    .argument('[scenarios...]', 'ids of scenarios; all of the profile where none is named')
    .option('--controller <name>', 'the controller to measure, or a file that defines one (default: traefik)')
    .option('--against <name>', 'another, or the same, that is measured in turn with it')
    .option(
      '--profile <name>',
      'how much is tried, how often and how long: smoke, standard or publish (default: standard)',
    )
    .option('--duration <seconds>', 'how long each run measures', Number)
    .option('--runs <count>', 'runs of each side at each point, at least 5', Number)
    .option('--rate <rps>', 'offer so many requests a second instead of shares of the measured capacity', Number)
    .option('--connections <count>', 'so many connections at every point', Number)
    .option('--engine <name>', 'what makes the load, instead of what each scenario says')
    .option('--distributed <count>', 'load from so many pods, by the operator of an engine that has one (k6)', Number)
    .option('--scale <count>', 'so many Ingresses where a scenario has many', Number)
    .option(
      '--seed <number>',
      'for the order of runs, arrivals and resampling (default: drawn, and in the report)',
      Number,
    )
    .option(
      '--noise-floor <report>',
      'a report of a controller against itself: no difference within what it shows is called one',
    )
    .option('--ingress-class <name>', 'the class that the controller serves (default: one of its own)')
    .option('--cluster <provider>', 'where it runs (default: kind where Docker answers, else local)')
    .option('--name <name>', 'a kept cluster to join, or the name of the one to make')
    .option('--nodes <count>', 'nodes of the cluster to make (default: 1)', Number)
    .option('--kubernetes <version>', 'Kubernetes of the cluster to make, such as v1.37.2')
    .option('--keep', 'leave the cluster up for later runs')
    .option('--grep <pattern>', 'only scenarios whose id or title matches this regular expression')
    .option('--out <folder>', 'where everything is written (default: assay-benchmark)')
    .option('--config <file>', `settings, which flags override (default: ${defaultConfigFile}, where there is one)`)
    .option('--list', 'only say which scenarios would be run')
    .option('--json', 'print the report as JSON on stdout, and all else on stderr')
    .addHelpText(
      'after',
      `
Examples:
  $ ingress-assay benchmark --profile smoke                    three minutes: does it work, and about how much
  $ ingress-assay benchmark --controller traefik --against ingress-nginx
  $ ingress-assay benchmark benchmark/latency --rate 2000 --duration 30
  $ ingress-assay benchmark --controller traefik --against traefik --out noise
  $ ingress-assay benchmark --noise-floor noise/report.json    no difference within the noise of this machine`,
    )
    .action(async (ids: string[], flags: Flags) => {
      process.exitCode = await benchmark(ids, flags, providers);
    });

/** How long the load alone takes, for a person who has to decide whether to wait for it. */
function lengthText(scenarios: readonly Scenario[], against: boolean, measure: Measure): string {
  const points = scenarios.flatMap((scenario) => scenario.points).length;
  const runs = turnsOf(measure.runs, 0, against).length;
  const runMs = measure.warmUpMs + measure.durationMs;
  return `${points} points of ${runs} runs of ${duration(runMs)}: at least ${duration(points * runs * runMs)}`;
}

async function benchmark(
  ids: readonly string[],
  flags: Flags,
  providers: readonly ClusterProvider[],
): Promise<ExitCode> {
  const known = everyFlag(providers);
  const settings = { ...(await readConfig(flags.config, known)), ...checkFlags({ ...flags }, known) };
  const [scenarios, engines, controllers, reporters] = await Promise.all([
    readScenarios(),
    readEngines(),
    readControllers(),
    readReporters(),
  ]);
  const profile = settings.profile ?? 'standard';
  const { engine, connections, rate: rateRps, scale, grep } = settings;
  if (engine !== undefined) choose('engine', engine, engines, ({ name }) => name);
  const planned = planScenarios(scenarios, { profile, ids, grep, engine, connections, rateRps, scale });
  const measure: Measure = {
    ...measures[profile],
    ...(settings.duration !== undefined && { durationMs: settings.duration * 1000 }),
    ...(settings.runs !== undefined && { runs: settings.runs }),
  };
  assertCarriedOut(planned, engines, {
    ids,
    pods: settings.distributed,
    durationMs: measure.durationMs,
    threads: generatorThreads(),
  });
  const length = lengthText(planned, settings.against !== undefined, measure);
  if (flags.list) {
    print(process.stdout, `${scenarioLines(planned)}${length}\n`);
    return exitCodes.passed;
  }
  assertWithin(planned, limitsHere());
  const controller = await chosenController(settings.controller ?? 'traefik', controllers, settings['ingress-class']);
  const against = settings.against === undefined ? undefined : await chosenController(settings.against, controllers);
  const out = resolve(settings.out ?? 'assay-benchmark');
  const cluster = clusterWishOf(settings, providers, out);
  const floorFile = settings['noise-floor'];
  const noiseFloor = floorFile === undefined ? undefined : noiseFloorOf(await readReport(floorFile), floorFile);
  const command = ['ingress-assay', ...process.argv.slice(2)];
  await prepareOut(out);

  const output = flags.json ? process.stderr : process.stdout;
  using _commands = suspendCommands(output);
  using progress = createProgress(output);
  using interruption = catchInterruption(progress.note);
  const { signal } = interruption;
  await using _claim = await claimOut(out, command.join(' '), signal);
  const host: ClusterHost = { toolchain: createToolchain({ progress, signal }), progress, signal };
  await setAside(out, progress.note);
  progress.note(length);
  const evidence = reporters.filter(({ name }) => name === 'json');

  let written: Written = { files: [], problems: [] };
  const { report, thrown } = await runBenchmark(
    {
      controller,
      against,
      scenarios: planned,
      engines,
      profile,
      measure,
      seed: settings.seed ?? randomInt(2 ** 31 - 1),
      judgeOptions: noiseFloor === undefined ? {} : { noiseFloor: noiseFloor.share },
      noiseFloor,
      distributed: settings.distributed,
      providers,
      cluster: { ...cluster, unasked: () => 1 },
      logFolder: join(out, 'logs'),
      command,
    },
    host,
    {
      note: progress.note,
      report: async (soFar, whole) => {
        written = await writeReports(soFar, whole ? reporters : evidence, out);
      },
    },
  );
  await tell(report);
  if (thrown instanceof AssayError && thrown.exitCode === exitCodes.usage) return exitCodes.usage;
  if (signal.aborted && signal.reason instanceof AssayError) return signal.reason.exitCode;
  return written.problems.length > 0 ? exitCodes.environment : exitCodeOf(report);

  async function tell(final: Report): Promise<void> {
    progress[Symbol.dispose]();
    const table = choose('reporter', 'console', reporters, ({ name }) => name);
    print(output, await table.render(final));
    for (const problem of written.problems) print(output, `! ${problem}\n`);
    const files = written.files.map((file) => basename(file)).join(', ');
    if (files !== '') print(output, `Report: ${out}/ (${files})\n`);
    if (flags.json) process.stdout.write(`${JSON.stringify(final, null, 2)}\n`);
  }
}
