import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createKube } from '../kube/create-kube.ts';
import type { Kube } from '../kube/kube.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Controller } from '../model/controller.ts';
import { type AssayError, environmentError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { shortened } from '../model/printable.ts';
import { causeOf } from './cause.ts';

const forever = 2 ** 31 - 1;
const podKind = { apiVersion: 'v1', kind: 'Pod' };

/** Watches the controller's pods for as long as it is not disposed. */
export interface ControllerWatch extends AsyncDisposable {
  /** Aborted, with an AssayError as its reason, once a pod has restarted or none is left. */
  readonly died: AbortSignal;
  /** Asks the API now, rather than wait for the watch to tell; throws what is wrong. */
  assertAlive(): Promise<void>;
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount: number;
  readonly state?: { readonly terminated?: Ended };
  readonly lastState?: { readonly terminated?: Ended };
}
interface Ended {
  readonly exitCode: number;
  readonly reason?: string;
}
interface Death {
  readonly message: string;
  /** The pod whose log tells of it, if it is still there. */
  readonly pod?: KubernetesObject;
}

const statusesOf = (pod: KubernetesObject): readonly ContainerStatus[] => pod.status?.containerStatuses ?? [];

/** What became of the controller since `restarts` were counted (by pod and container), or `undefined` while it lives. */
function deathIn(pods: readonly KubernetesObject[], restarts: Map<string, number>): Death | undefined {
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp) continue;
    for (const status of statusesOf(pod)) {
      const key = `${pod.metadata.uid}/${status.name}`;
      const before = restarts.get(key) ?? status.restartCount;
      restarts.set(key, before);
      const ended =
        status.state?.terminated ?? (status.restartCount > before ? status.lastState?.terminated : undefined);
      if (ended === undefined && status.restartCount <= before) continue;
      const how = ended ? ` (${ended.reason ?? 'ended'}, exit code ${ended.exitCode})` : '';
      return { pod, message: `container ${status.name} of pod ${pod.metadata.name} ended${how}` };
    }
  }
  return pods.length === 0 ? { message: 'none of its pods is left' } : undefined;
}

/** The log of the container that ended: the previous one's if it runs again, which may come about between two questions. */
async function lastLog(kube: Kube, { metadata: { name, namespace = 'default' } }: KubernetesObject): Promise<string> {
  for (const previous of [true, false, true]) {
    const log = await kube.logs({ namespace, name }, { tailLines: 200, previous }).catch(() => '');
    if (log !== '') return log;
  }
  return '';
}

async function describe(kube: Kube, controller: Controller, death: Death, logFile: string): Promise<AssayError> {
  const log = death.pod === undefined ? '' : await lastLog(kube, death.pod);
  await mkdir(dirname(logFile), { recursive: true });
  await writeFile(logFile, log);
  const tail = log
    .trimEnd()
    .split('\n')
    .slice(-5)
    .map((line) => `  ${shortened(line, 160)}`)
    .join('\n');
  return environmentError(
    'controller-died',
    `${controller.title} died during the run: ${death.message}\n${tail}`.trimEnd(),
    {
      next: 'read its log; a controller that dies by itself cannot be judged',
      log: logFile,
    },
  );
}

/** The watch of a controller whose pods nobody knows: what becomes of them is seen only by the checks. */
export const unwatched: ControllerWatch = {
  died: new AbortController().signal,
  assertAlive: async () => {},
  [Symbol.asyncDispose]: async () => {},
};

/** Begins to watch the pods of an installed controller; its log goes into `logFile` when it dies. */
export function watchController(
  cluster: Pick<Cluster, 'kubeconfig' | 'failed'>,
  controller: Controller,
  namespace: string,
  logFile: string,
): ControllerWatch {
  const stop = new AbortController();
  const died = new AbortController();
  const kube = createKube(cluster.kubeconfig, stop.signal);
  const where = { namespace, labels: controller.podLabels };
  const restarts = new Map<string, number>();

  const watching = kube
    .waitFor(podKind, where, (pods) => deathIn(pods, restarts), `${controller.title} to die`, forever)
    .then((death) => describe(kube, controller, death, logFile))
    .then(
      (error) => died.abort(error),
      async (thrown) => {
        if (!stop.signal.aborted) died.abort(await causeOf(thrown, cluster.failed));
      },
    );

  return {
    died: died.signal,
    async assertAlive() {
      died.signal.throwIfAborted();
      const pods = await kube.list(podKind, where).catch(async (thrown: unknown) => {
        throw await causeOf(thrown, cluster.failed);
      });
      const death = deathIn(pods, restarts);
      if (death !== undefined) throw await describe(kube, controller, death, logFile);
    },
    async [Symbol.asyncDispose]() {
      stop.abort(new Error('the run has ended'));
      await watching;
    },
  };
}
