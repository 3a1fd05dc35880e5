import { setTimeout as pause } from 'node:timers/promises';
import { createAgents } from '../kit/agents.ts';
import type { RowConvergence } from '../kit/converge.ts';
import { createKit } from '../kit/create-kit.ts';
import { createKube } from '../kube/create-kube.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Controller, ControllerSettings } from '../model/controller.ts';
import { timeouts } from '../model/timeouts.ts';
import { applyAndWait } from './install.ts';
import { ownedNamespace } from './owned.ts';
import type { Stage } from './schedule.ts';
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
  const agents = createAgents(cluster);
  return {
    async assertSound(sinceMs) {
      // A process that died is missed by its clients at once, and by the API only when the kubelet has looked.
      await pause(timeouts.containerEndMs, undefined, { signal }).catch(() => {});
      signal.throwIfAborted();
      await options.assertSound();
      await assertSurroundings(kube, settings.namespace, sinceMs);
    },
    async enter(_area, step) {
      await applyAndWait(kube, settings.namespace, await step.manifests({ controller, settings }));
    },
    async openKit(area, check) {
      const own = area.story === undefined ? ownedNamespace(check.id.replace(/\W+/g, '-')) : undefined;
      const namespace = own?.metadata.name ?? settings.namespace;
      if (own !== undefined) await kube.apply([own]);
      const evidence: Record<string, unknown> = {};
      const kit = createKit({
        cluster,
        kube,
        controller,
        settings,
        namespace,
        netTest: { namespace: settings.namespace, name: 'net-test' },
        signal,
        agents,
        record: (name, value) => {
          evidence[name] = value;
        },
      });
      const convergences: RowConvergence[] = [];
      return {
        kit: {
          ...kit,
          async converge(rows, how) {
            const convergence = await kit.converge(rows, how);
            convergences.push(...convergence.rows);
            evidence.convergence = convergences;
            return convergence;
          },
        },
        evidence,
        async [Symbol.asyncDispose]() {
          await kit[Symbol.asyncDispose]();
          if (own !== undefined) await kube.remove([{ apiVersion: 'v1', kind: 'Namespace', name: namespace }]);
        },
      };
    },
    [Symbol.asyncDispose]: () => agents[Symbol.asyncDispose](),
  };
}
