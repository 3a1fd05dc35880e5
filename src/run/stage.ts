import type { Check } from '../kit/check.ts';
import { createKube } from '../kube/create-kube.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Controller, ControllerSettings } from '../model/controller.ts';
import { environmentError } from '../model/errors.ts';
import { applyAndWait } from './install.ts';
import type { Stage } from './schedule.ts';

export interface StageOptions {
  readonly cluster: Cluster;
  readonly controller: Controller;
  readonly settings: ControllerSettings;
  /** Ends whatever the checks are at. */
  readonly signal: AbortSignal;
  readonly assertSound: () => Promise<void>;
}

/** The stage of a real cluster. Disposing it ends the programs that checks have started at its places. */
export function openStage(options: StageOptions): Stage & AsyncDisposable {
  const { cluster, controller, settings, signal } = options;
  const kube = createKube(cluster.kubeconfig, signal);
  return {
    async assertSound() {
      cluster.failed.throwIfAborted();
      await options.assertSound();
    },
    async enter(_area, step) {
      await applyAndWait(kube, settings.namespace, await step.manifests({ controller, settings }));
    },
    async openKit(_area, check: Check) {
      throw environmentError('kit-missing', `${check.id}: there is no kit yet`);
    },
    async [Symbol.asyncDispose]() {},
  };
}
