import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createAgents } from '../kit/agents.ts';
import { type Area, type Check, isTable } from '../kit/check.ts';
import type { RowHistory } from '../kit/converge.ts';
import { createKit, type KitOptions } from '../kit/create-kit.ts';
import { createKube } from '../kube/create-kube.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Controller, ControllerSettings } from '../model/controller.ts';
import { timeouts } from '../model/timeouts.ts';
import { controllerLog } from './controller-log.ts';
import { furnished } from './furnish.ts';
import { give, groundOf, nameOf } from './grounds.ts';
import { applyAndWait } from './install.ts';
import { assertReach } from './reach.ts';
import type { Stage } from './schedule.ts';
import { stopsNodes } from './stop-node.ts';
import { assertSurroundings } from './surroundings.ts';

export interface StageOptions {
  readonly cluster: Cluster;
  readonly controller: Controller;
  readonly settings: ControllerSettings;
  /** Ends whatever the checks are at. */
  readonly signal: AbortSignal;
  /** Throws what is wrong with the controller, if anything is. */
  readonly assertSound: () => Promise<void>;
}

/** The stage of a real cluster. Disposing it ends the programs that checks have started at its places. */
export function openStage(options: StageOptions): Stage & AsyncDisposable {
  const { cluster, controller, settings, signal } = options;
  const kube = createKube(cluster.kubeconfig, signal);
  setMaxListeners(0, signal); // one for each check that asks whether all is sound
  const agents = createAgents(cluster);
  const routes: KitOptions['routes'] = new Map();
  const netTest = { kind: 'pod', namespace: settings.namespace, name: 'net-test' } as const;
  /** Nodes that were stopped on purpose: what ended with one is no fault of the environment. */
  const stopped = new Set<string>();
  /** How long the rows of each area may still take once it has caught up, in ms, or why it has not. */
  const caughtUp = new Map<Area, Promise<number>>();
  /** Where pods of ours are. */
  const namespaces = new Set([settings.namespace]);
  /** Stories that have brought an Ingress: before, there is none of theirs that their checks could wait for. */
  const routed = new Set<Area>();
  /** What became of what each check was given. */
  const given = new Map<Check, Promise<void>>();

  const kitOf = (
    area: Area,
    name: string,
    more: Pick<KitOptions, 'record' | 'settleMs' | 'known' | 'unrouted' | 'line'>,
  ) =>
    createKit({
      cluster: { ...cluster, ...stopsNodes(kube, cluster, stopped) },
      kube,
      controller,
      settings,
      ground: groundOf(area, name, settings),
      ...(area.story === undefined && { defaultHost: groundOf(area, name, settings).host }),
      netTest,
      signal,
      agents,
      routes,
      ...more,
    });

  /** Applies the area's last route and waits until it is served; how long what came before may still take, in ms. */
  async function catchUp(area: Area): Promise<number> {
    await using kit = kitOf(area, 'area', { record: () => {} });
    return await kit.caughtUp();
  }

  return {
    async assertSound(sinceMs) {
      // A process that died is missed by its clients at once, and by the API only when the kubelet has looked.
      await pause(timeouts.containerEndMs, undefined, { signal }).catch(() => {});
      signal.throwIfAborted();
      await options.assertSound();
      const pods = await assertSurroundings(
        kube,
        [...namespaces],
        sinceMs,
        cluster.nodes.map(({ name }) => name),
        stopped,
      );
      const besides = controller.preinstalled ? undefined : controller.podLabels;
      await assertReach(kube, agents, { from: netTest, pods, besides, stopped });
    },
    async controllerLog(area, check, sinceMs) {
      if (controller.preinstalled) return [];
      const where = { namespace: settings.namespace, labels: controller.podLabels };
      const about = groundOf(area, nameOf(check), settings).host;
      const logged = controllerLog(kube, where, { sinceMs, untilMs: Date.now(), about });
      return Promise.race([logged, pause(timeouts.controllerLogMs, [], { ref: false })]);
    },
    async prepare(areas) {
      for (const { area, checks } of areas) {
        namespaces.add(groundOf(area, '', settings).namespace);
        for (const check of checks) {
          const gift = give(kube, groundOf(area, nameOf(check), settings), check);
          gift.catch(() => {}); // told to the check
          given.set(check, gift);
        }
      }
      const grounds = areas.map(({ area }) => area);
      await Promise.all([furnished(kube, grounds, settings), Promise.allSettled(given.values())]);
      for (const { area } of areas) {
        const late = catchUp(area);
        late.catch(() => {}); // told to each check of the area
        caughtUp.set(area, late);
      }
    },
    async enter(area, step) {
      const objects = await step.manifests({ controller, settings });
      if (objects.some(({ kind }) => kind === 'Ingress')) routed.add(area);
      await applyAndWait(kube, settings.namespace, objects);
    },
    async openKit(area, check) {
      await given.get(check);
      const settleMs = await caughtUp.get(area);
      const evidence: Record<string, unknown> = {};
      const kit = kitOf(area, nameOf(check), {
        ...(settleMs !== undefined && { settleMs }),
        line: area.story === undefined && isTable(check) ? 'tables' : 'others',
        known: controller.knownDeviations.some((deviation) => deviation.check === check.id),
        unrouted: area.story !== undefined && !routed.has(area),
        record: (name, value) => {
          evidence[name] = value;
        },
      });
      const convergences: RowHistory[] = [];
      return {
        kit: {
          ...kit,
          converge: (rows, how) =>
            kit.converge(rows, {
              ...how,
              // What was refuted is evidence as well as what held.
              seen(histories) {
                convergences.push(...histories);
                evidence.convergence = convergences;
              },
            }),
        },
        evidence,
        [Symbol.asyncDispose]: () => kit[Symbol.asyncDispose](),
      };
    },
    [Symbol.asyncDispose]: () => agents[Symbol.asyncDispose](),
  };
}
