import { join } from 'node:path';
import { createKube } from '../kube/create-kube.ts';
import type { Kube } from '../kube/kube.ts';
import type { Cluster, ClusterHost, ClusterProvider } from '../model/cluster.ts';
import type { Controller, ControllerSettings } from '../model/controller.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Report } from '../model/report.ts';
import { titleOf } from '../model/summary.ts';
import type { ClusterWish } from './acquire-cluster.ts';
import type { Suite } from './catalogue.ts';
import { composeReport, type RunFacts } from './compose-report.ts';
import { unwatched, watchController } from './controller-watch.ts';
import { type Ended, endingOf, firstOf, told } from './ending.ts';
import { furnish } from './furnish.ts';
import { groundOf, nameOf } from './grounds.ts';
import { imagesOf, objectsOf } from './images.ts';
import { verdictOfUntried } from './judge.ts';
import { createLedger, type Ledger, type Outcome } from './ledger.ts';
import { present } from './mocha.ts';
import { onCluster } from './on-cluster.ts';
import { ownedNamespace, removeOwned } from './owned.ts';
import { assertPermitted } from './permissions.ts';
import { createPhases, type Phases } from './phases.ts';
import { checksOf, checksOfSteps, groundsIn, type PlannedArea, plan, unsupportedReason } from './plan.ts';
import { withChart } from './render-chart.ts';
import { runSchedule } from './schedule.ts';
import { claimCluster, settleIn } from './settle-in.ts';
import { openStage } from './stage.ts';

/** What a conformance run is to do. */
export interface ConformanceWish {
  readonly controller: Controller;
  readonly suites: readonly Suite[];
  /** Those to choose from. */
  readonly providers: readonly ClusterProvider[];
  readonly cluster: ClusterWish;
  /** Where the controller's log goes if it dies. */
  readonly logFolder: string;
  readonly bail: boolean;
  /** The controller's namespace, and that of every story; those of other areas begin with its name. Default `ingress-assay`. */
  readonly namespace?: string;
  /** One of mocha's reporters, instead of our own live lines. */
  readonly mochaReporter?: string | undefined;
  readonly command: readonly string[];
}

/** How a run tells of itself while it goes on. */
export interface Audience {
  verdict(outcome: Outcome): void;
  heading(title: string): void;
  /** A report that is as complete as the run: told once the verdicts are in, and again after the teardown. */
  report(report: Report): Promise<void>;
}

interface Run {
  readonly wish: ConformanceWish;
  readonly host: ClusterHost;
  readonly audience: Audience;
  readonly areas: readonly PlannedArea[];
  readonly ledger: Ledger;
  readonly phases: Phases;
  /** Adds to what the report will say of the run. */
  readonly know: (facts: Pick<RunFacts, 'cluster' | 'standIns' | 'thrown'>) => void;
  readonly save: () => Promise<Report>;
}

/**
 * Runs the selected checks against a controller on a cluster: makes or joins the cluster, installs the controller, tries
 * the checks and takes back what it took. Never rejects: whatever ends it early is in the report, which is complete but
 * for the checks that were not tried.
 */
export async function runConformance(wish: ConformanceWish, host: ClusterHost, audience: Audience): Promise<Ended> {
  const startedAtMs = Date.now();
  const start = performance.now();
  const phases = createPhases();
  const areas = plan(wish.suites);
  const ledger = createLedger(checksOf(areas));
  let facts: Pick<RunFacts, 'cluster' | 'standIns' | 'thrown'> = {};
  const know = (more: typeof facts) => {
    facts = { ...facts, ...more };
  };
  const save = async (): Promise<Report> => {
    const report = composeReport({
      startedAtMs,
      durationMs: performance.now() - start,
      command: wish.command,
      controller: wish.controller,
      ended: endingOf(facts.thrown),
      phases: phases.list(),
      outcomes: ledger.settled(),
      ...facts,
    });
    await audience.report(report);
    return report;
  };
  try {
    await tryOnCluster({ wish, host, audience, areas, ledger, phases, know, save });
  } catch (thrown) {
    ledger.close(verdictOfUntried(firstOf(thrown)));
    // What ended the run comes before what then went wrong while cleaning up, which is told as well: something may be left.
    if (facts.thrown !== undefined && firstOf(thrown) !== facts.thrown)
      host.progress.note(`  ${told(firstOf(thrown))}`);
    know({ thrown: facts.thrown ?? firstOf(thrown) });
  }
  return { report: await save(), thrown: facts.thrown };
}

/** The whole of it: the cluster, the controller, the checks, and back. */
async function tryOnCluster(asked: Run): Promise<void> {
  const { wish, host, phases, know, save, ledger } = asked;
  const runOn = (cluster: Cluster): Run => ({
    ...asked,
    wish: { ...wish, controller: withChart(wish.controller, { ...host, kubernetes: cluster.versions.kubernetes }) },
  });
  await onCluster(wish.providers, wish.cluster, host, phases, {
    makeRoom(kube, cluster) {
      know({ cluster });
      return makeRoom(runOn(cluster), kube);
    },
    work(cluster) {
      know({ cluster });
      return onController(runOn(cluster), cluster);
    },
    isSuspect: () => ledger.settled().some(({ verdict }) => verdict.kind === 'errored'),
    async done(thrown) {
      if (thrown !== undefined) ledger.close(verdictOfUntried(thrown));
      know({ thrown });
      await save();
    },
  });
}

const settingsOf = ({ controller, namespace = 'ingress-assay' }: ConformanceWish): ControllerSettings => ({
  namespace,
  ingressClass: controller.ingressClass,
  ...(controller.annotationClass !== undefined && { annotationClass: controller.annotationClass }),
});

/** Makes sure that the run may do all that it does, and removes what earlier ones left. */
async function makeRoom({ wish, areas }: Run, kube: Kube): Promise<void> {
  const settings = settingsOf(wish);
  await assertPermitted(kube, await objectsOf(areas, wish.controller, settings), settings.namespace);
  await removeOwned(kube);
}

/** What the checks have outside of namespaces: those themselves, and classes. */
const besideOf = (areas: readonly PlannedArea[], settings: ControllerSettings): readonly KubernetesObject[] =>
  areas.flatMap(({ area, steps }) => [
    ownedNamespace(groundOf(area, '', settings).namespace),
    ...checksOfSteps(steps)
      .flatMap((check) => check.given?.(groundOf(area, nameOf(check), settings)) ?? [])
      .filter(({ kind }) => kind === 'Namespace' || kind === 'IngressClass'),
  ]);

/** Installs the controller and tries the checks. */
async function onController(run: Run, cluster: Cluster): Promise<void> {
  const { wish, host, phases, areas } = run;
  const { controller } = wish;
  const wanted = settingsOf(wish);
  const { namespace } = wanted;
  const ending = AbortSignal.any([host.signal, cluster.failed]);
  const kube = createKube(cluster.kubeconfig, ending);
  const images = await imagesOf(areas, controller, wanted);
  await using _claim = await claimCluster(kube, cluster, controller, wanted, besideOf(areas, wanted));
  if (cluster.bringImages !== undefined) await phases.time('images', async () => cluster.bringImages?.(images));
  run.know({ standIns: await cluster.standIns?.(images) });
  const grounds = groundsIn(areas, (check) => unsupportedReason(check, controller, cluster) === undefined).map(
    ({ area }) => area,
  );
  const stories = areas.map(({ area }) => area).filter(({ story }) => story !== undefined);
  const furnishAll = () => furnish(kube, grounds, stories, { controller, settings: wanted });
  const [settled, furnished] = await Promise.allSettled([
    phases.time('controller', () =>
      host.progress.step(titleOf(controller), () => settleIn(kube, cluster, controller, wanted, ending)),
    ),
    furnishAll(),
  ]);
  if (settled.status === 'rejected') throw settled.reason;
  // A webhook that the controller brings may have had nobody behind it yet.
  if (furnished.status === 'rejected') await furnishAll();
  const settings = settled.value;
  await using watch = controller.preinstalled
    ? unwatched
    : watchController(cluster, controller, namespace, join(wish.logFolder, `${controller.name}.log`));
  const signal = AbortSignal.any([ending, watch.died]);
  await phases.time('checks', () => tryChecks(run, cluster, settings, signal, watch.assertAlive));
}

async function tryChecks(
  { wish, host, audience, areas, ledger }: Run,
  cluster: Cluster,
  settings: ControllerSettings,
  signal: AbortSignal,
  assertSound: () => Promise<void>,
): Promise<void> {
  await using stage = openStage({ cluster, controller: wish.controller, settings, signal, assertSound });
  const presented = present(areas, ledger, {
    reporter: wish.mochaReporter,
    bail: wish.bail,
    tell: audience.verdict,
    heading: audience.heading,
  });
  const running = new Set<string>();
  const play = async (report: (detail: string) => void) => {
    const tell = () => report(`${ledger.settled().length} of ${ledger.checks.length}: ${[...running].join(', ')}`);
    await runSchedule(areas, stage, ledger, {
      signal,
      bail: wish.bail,
      unsupported: (check) => unsupportedReason(check, wish.controller, cluster),
      started: (check) => {
        running.add(check.id);
        tell();
        ledger.outcome(check).then(() => {
          running.delete(check.id);
          tell();
        });
      },
    });
  };
  try {
    await (wish.mochaReporter === undefined ? host.progress.step('checks', play) : play(() => {}));
  } catch (thrown) {
    ledger.close(verdictOfUntried(thrown));
    throw thrown;
  } finally {
    await presented;
  }
}
