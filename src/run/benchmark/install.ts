import { join } from 'node:path';
import { createKube } from '../../kube/create-kube.ts';
import type { Kube } from '../../kube/kube.ts';
import type { Cluster, ClusterHost } from '../../model/cluster.ts';
import type { ControllerSettings } from '../../model/controller.ts';
import { titleOf } from '../../model/summary.ts';
import { type ControllerWatch, unwatched, watchController } from '../controller-watch.ts';
import { applyAndWait } from '../install.ts';
import { owned, ownedNamespace } from '../owned.ts';
import type { Rendered } from '../render-chart.ts';
import { claimCluster, settleIn } from '../settle-in.ts';
import { backEnds, hostOf, route, tlsHostOf } from './back-ends.ts';
import { beside } from './beside.ts';
import { frontOf, nodePortEntry, podsOf, type Side } from './side.ts';

/** A controller that is to stand in a benchmark. */
export interface Contender {
  readonly side: 'a' | 'b';
  readonly controller: Rendered;
  readonly settings: ControllerSettings;
}

/** The contenders of a run: the second with a namespace of its own, and a class of its own where both would serve the same. */
export function contendersOf(a: Rendered, b: Rendered | undefined, namespace: string): readonly Contender[] {
  const contender = (side: 'a' | 'b', controller: Rendered, within: string): Contender => {
    const taken = side === 'b' && controller.ingressClass === a.ingressClass;
    const ingressClass = taken ? `${controller.ingressClass}-b` : controller.ingressClass;
    return { side, controller, settings: { namespace: within, ingressClass, accessLog: false } };
  };
  return [contender('a', a, namespace), ...(b === undefined ? [] : [contender('b', beside(b), `${namespace}-b`)])];
}

/** Where back-ends and Ingresses are. */
export const loadNamespace = (namespace: string): string => `${namespace}-load`;

/** Everything in place: the sides, back-ends first, and a watch over the controllers. */
export interface Stand extends AsyncDisposable {
  readonly sides: readonly Side[];
  readonly watches: readonly ControllerWatch[];
}

/** Installs controllers and back-ends side by side, and the Ingresses by which each controller serves them. */
export async function install(
  kube: Kube,
  cluster: Cluster,
  contenders: readonly Contender[],
  { progress }: Pick<ClusterHost, 'progress'>,
  {
    namespace,
    logFolder,
    signal,
  }: { readonly namespace: string; readonly logFolder: string; readonly signal: AbortSignal },
): Promise<Stand> {
  const within = loadNamespace(namespace);
  const acquired: AsyncDisposable[] = [];
  const release = async () => {
    for (const each of acquired.splice(0).reverse()) await each[Symbol.asyncDispose]();
  };
  try {
    return await settle();
  } catch (thrown) {
    await release();
    throw thrown;
  }

  async function settle(): Promise<Stand> {
    for (const { controller, settings } of contenders)
      acquired.push(await claimCluster(kube, cluster, controller, settings, [ownedNamespace(within)]));
    const [, ...controllers] = await Promise.all([
      progress.step('back-ends for load', async () => {
        await kube.apply([ownedNamespace(within)]);
        await applyAndWait(kube, within, await backEnds());
      }),
      ...contenders.map(({ side, controller, settings }) =>
        progress.step(titleOf(controller), async () => {
          const settled = await settleIn(kube, cluster, controller, settings, signal);
          return controllerSide(kube, cluster, { side, controller, settings: settled });
        }),
      ),
    ]);
    const routes = contenders.flatMap(({ side, settings: { ingressClass } }) => [
      owned(route(`load-${side}`, hostOf(side), ingressClass)),
      owned(route(`load-${side}-tls`, tlsHostOf(side), ingressClass, { tls: true })),
    ]);
    await kube.apply(await kube.inNamespace(routes, within));
    const direct = await directSide(createKube(cluster.kubeconfig, signal), cluster, within);
    const watches = contenders.map(({ controller, settings }) => {
      if (controller.preinstalled) return unwatched;
      const logFile = join(logFolder, `${settings.namespace}-${controller.name}.log`);
      const watch = watchController(cluster, controller, settings.namespace, logFile);
      acquired.push(watch);
      return watch;
    });
    return { sides: [direct, ...controllers], watches, [Symbol.asyncDispose]: release };
  }
}

async function controllerSide(kube: Kube, cluster: Cluster, { side, controller, settings }: Contender): Promise<Side> {
  const { ingressClass, front, namespace } = settings;
  const title = titleOf(controller);
  if (front !== undefined)
    return { side, title, ingressClass, pods: [], entry: { address: front.outside.address, http: front.outside.port } };
  const pods = await podsOf(kube, namespace, controller.podLabels);
  return { side, title, ingressClass, pods, entry: nodePortEntry(cluster, await frontOf(kube, namespace), pods) };
}

async function directSide(kube: Kube, cluster: Cluster, namespace: string): Promise<Side> {
  const pods = await podsOf(kube, namespace, { app: 'load-back-end' });
  return {
    side: 'direct',
    title: 'back-ends, asked directly',
    pods,
    entry: nodePortEntry(cluster, await frontOf(kube, namespace), pods),
  };
}
