import { setTimeout as pause } from 'node:timers/promises';
import { createAgents } from '../../kit/agents.ts';
import { createKube } from '../../kube/create-kube.ts';
import type { Kube } from '../../kube/kube.ts';
import type { Benchmark } from '../../model/benchmark.ts';
import type { Cluster, ClusterHost, ClusterProvider } from '../../model/cluster.ts';
import type { Controller } from '../../model/controller.ts';
import type { Engine } from '../../model/load.ts';
import type { Report } from '../../model/report.ts';
import type { Profile, Scenario } from '../../model/scenario.ts';
import { timeouts } from '../../model/timeouts.ts';
import type { JudgeOptions } from '../../stats/judge.ts';
import type { ClusterWish } from '../acquire-cluster.ts';
import { choose } from '../choose.ts';
import { composeReport, type RunFacts } from '../compose-report.ts';
import { type Ended, endingOf, firstOf, told } from '../ending.ts';
import { imagesIn } from '../images.ts';
import { onCluster } from '../on-cluster.ts';
import { removeOwned } from '../owned.ts';
import { assertPermitted } from '../permissions.ts';
import { createPhases, type Phases } from '../phases.ts';
import { withChart } from '../render-chart.ts';
import { backEnds } from './back-ends.ts';
import { type Contender, contendersOf, install, loadNamespace } from './install.ts';
import { loadFromPods } from './load-from-pods.ts';
import { acceptedBy, type Bench } from './measure.ts';
import { place } from './placement.ts';
import { enginesOf } from './plan.ts';
import type { Measure } from './profiles.ts';
import { type BenchmarkRecord, benchmarkOf } from './record.ts';
import { placeRefusal } from './refusals.ts';
import { awaitServed, type Ground } from './scenario-run.ts';
import { runScenarios } from './scenarios-run.ts';
import type { Side } from './side.ts';
import { conditionsOf, lookAt } from './surroundings.ts';

/** What a benchmark is to do. */
export interface BenchmarkWish {
  readonly controller: Controller;
  readonly against?: Controller | undefined;
  /** As planned, in the order in which they are run. */
  readonly scenarios: readonly Scenario[];
  readonly engines: readonly Engine[];
  readonly profile: Profile;
  readonly measure: Measure;
  readonly seed: number;
  readonly judgeOptions: JudgeOptions;
  readonly noiseFloor?: Benchmark['noiseFloor'];
  /** How many pods make the load together, instead of one process outside. */
  readonly distributed?: number | undefined;
  readonly providers: readonly ClusterProvider[];
  readonly cluster: ClusterWish;
  readonly logFolder: string;
  /** Of side `a`; the others' begin with its name. Default `ingress-assay`. */
  readonly namespace?: string;
  readonly command: readonly string[];
}

/** How a benchmark tells of itself while it goes on. */
export interface BenchmarkAudience {
  note(line: string): void;
  /** A report of all that is measured so far. Not `whole`: between two runs, where little time is to be lost. */
  report(report: Report, whole: boolean): Promise<void>;
}

type Known = Pick<RunFacts, 'cluster' | 'thrown' | 'versions'>;

interface Run {
  readonly wish: BenchmarkWish;
  readonly host: ClusterHost;
  readonly audience: BenchmarkAudience;
  readonly record: BenchmarkRecord;
  readonly phases: Phases;
  readonly know: (facts: Known) => void;
  readonly save: (whole: boolean) => Promise<Report>;
}

/**
 * Measures a controller, beside another where one is named: makes or joins the cluster, installs both and the back-ends, runs the scenarios and takes
 * back what it took. Never rejects: whatever ends it early is in the report, with all runs that were finished.
 */
export async function runBenchmark(
  wish: BenchmarkWish,
  host: ClusterHost,
  audience: BenchmarkAudience,
): Promise<Ended> {
  const startedAtMs = Date.now();
  const start = performance.now();
  const phases = createPhases();
  const { profile, seed, measure, against, judgeOptions, noiseFloor } = wish;
  const record: BenchmarkRecord = {
    profile,
    seed,
    runsPerSide: measure.runs,
    scenarios: [],
    judgeOptions,
    ...(noiseFloor !== undefined && { noiseFloor }),
    ...(against !== undefined && {
      against: {
        name: against.name,
        title: against.title,
        version: against.version,
        ...(against.experimental && { experimental: true as const }),
      },
    }),
  };
  let facts: Known = {};
  const know = (more: typeof facts) => {
    facts = { ...facts, ...more };
  };
  const save = async (whole: boolean): Promise<Report> => {
    const report = composeReport({
      startedAtMs,
      durationMs: performance.now() - start,
      command: wish.command,
      controller: wish.controller,
      ended: endingOf(facts.thrown),
      phases: phases.list(),
      outcomes: [],
      benchmark: benchmarkOf(record, { compared: whole }),
      ...facts,
    });
    await audience.report(report, whole);
    return report;
  };
  try {
    await tryOnCluster({ wish, host, audience, record, phases, know, save });
  } catch (thrown) {
    if (facts.thrown !== undefined && firstOf(thrown) !== facts.thrown)
      host.progress.note(`  ${told(firstOf(thrown))}`);
    know({ thrown: facts.thrown ?? firstOf(thrown) });
  }
  return { report: await save(true), thrown: facts.thrown };
}

async function tryOnCluster(run: Run): Promise<void> {
  const { wish, host, phases, know, save } = run;
  const contendersOn = (cluster: Cluster): readonly Contender[] => {
    const rendered = (controller: Controller) =>
      withChart(controller, { ...host, kubernetes: cluster.versions.kubernetes });
    return contendersOf(
      rendered(wish.controller),
      wish.against && rendered(wish.against),
      wish.namespace ?? 'ingress-assay',
    );
  };
  const engines = enginesIn(wish);
  const refuses = (provider: ClusterProvider) => placeRefusal(engines, wish.distributed, provider);
  await onCluster(wish.providers, { ...wish.cluster, refuses }, host, phases, {
    async makeRoom(kube, cluster) {
      know({ cluster });
      for (const contender of contendersOn(cluster))
        await assertPermitted(kube, await objectsOf([contender]), contender.settings.namespace);
      await removeOwned(kube);
    },
    work(cluster) {
      know({ cluster });
      return onControllers(run, cluster, contendersOn(cluster));
    },
    isSuspect: () => false,
    async done(thrown) {
      know({ thrown });
      await save(true);
    },
  });
}

const engineNamed = ({ engines }: BenchmarkWish, name: string): Engine =>
  choose('engine', name, engines, (engine) => engine.name);

/** Those that make the load. */
const enginesIn = (wish: BenchmarkWish): readonly Engine[] =>
  enginesOf(wish.scenarios).map((name) => engineNamed(wish, name));

/** The objects that a run applies by itself. */
const objectsOf = async (contenders: readonly Contender[]) =>
  (
    await Promise.all([backEnds(), ...contenders.map(({ controller, settings }) => controller.manifests(settings))])
  ).flat();

async function onControllers(run: Run, cluster: Cluster, contenders: readonly Contender[]): Promise<void> {
  const { wish, host, phases } = run;
  const namespace = wish.namespace ?? 'ingress-assay';
  const ending = AbortSignal.any([host.signal, cluster.failed]);
  const kube = createKube(cluster.kubeconfig, ending);
  if (cluster.bringImages !== undefined) {
    const images = [...new Set(imagesIn(await objectsOf(contenders)))].sort();
    await phases.time('images', async () => cluster.bringImages?.(images));
  }
  await using stand = await phases.time('controller', () =>
    install(kube, cluster, contenders, host, { namespace, logFolder: wish.logFolder, signal: ending }),
  );
  const signal = AbortSignal.any([ending, ...stand.watches.map(({ died }) => died)]);
  await using agents = createAgents(cluster);
  await host.progress.step('first answers', () => awaitServed(agents, stand.sides, timeouts.convergeMs, signal));
  const pods = (wanted: (side: Side) => boolean) => stand.sides.filter(wanted).flatMap((side) => side.pods);
  const placement = await place(cluster, {
    controllers: pods(({ side }) => side !== 'direct'),
    backEnds: pods(({ side }) => side === 'direct'),
  });
  run.know({ versions: await versionsOf(run, cluster) });
  run.record.placement = placement.described;
  const engines = enginesIn(wish);
  run.record.conditions = conditionsOf(stand.sides, engines, wish.distributed);
  const programs = await host.toolchain.ensure(engines.flatMap((engine) => engine.programs));
  const backEnds = stand.sides.find(({ side }) => side === 'direct')?.pods ?? [];
  const ground: Ground = {
    sides: stand.sides,
    agents,
    routes: { kube, agents, cluster, namespace: loadNamespace(namespace), signal },
    terms: {
      warmUpMs: wish.measure.warmUpMs,
      durationMs: wish.measure.durationMs,
      seed: wish.seed,
      threads: placement.threads,
      programs: Object.fromEntries([...programs].map(([name, { path }]) => [name, path])),
      programEnv: Object.fromEntries([...programs].map(([name, { env }]) => [name, env])),
    },
    runs: wish.measure.runs,
    seed: wish.seed,
    pods: wish.distributed,
    engineNamed: (name) => engineNamed(wish, name),
    bench: {
      start: placement.start,
      peek: placement.peek,
      elsewhere: elsewhereOf(kube, loadNamespace(namespace), wish.distributed),
      look: (name) => lookAt(cluster, stand.sides, name),
      accepted: acceptedBy(agents, { namespace: loadNamespace(namespace), name: 'net-test' }, backEnds),
      signal,
    },
    async assertSound() {
      // A process that died is missed by its clients at once, and by the API only when the kubelet has looked.
      await pause(timeouts.containerEndMs, undefined, { signal }).catch(() => {});
      signal.throwIfAborted();
      for (const watch of stand.watches) await watch.assertAlive();
    },
    async measured() {
      await run.save(false);
    },
  };
  await phases.time('measurements', () => runScenarios(run, ground));
}

/** Versions of what takes part beside the controller of side `a`. */
async function versionsOf({ wish, host }: Run, { provider }: Cluster): Promise<Readonly<Record<string, string>>> {
  const { against } = wish;
  const backEnd = provider === 'local' ? (await host.toolchain.find('nginx'))?.version : undefined;
  return {
    ...(against !== undefined && { [against.name]: against.version }),
    ...(backEnd !== undefined && { 'nginx (back-ends)': backEnd }),
  };
}

/** How pods make the load, where it is asked of them. */
function elsewhereOf(kube: Kube, namespace: string, pods: number | undefined): Bench['elsewhere'] {
  if (pods === undefined) return undefined;
  return ({ distributed }, order) => distributed && loadFromPods(distributed, order, { kube, namespace, pods });
}
