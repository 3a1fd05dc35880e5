import { isReady } from '../kube/explain-pod.ts';
import { nowMs } from './agent/clock.ts';
import type { Change } from './change.ts';
import type { Kit } from './kit.ts';

/** A pod, and when it was first seen Ready, in ms since the epoch. */
export interface ReadyPod {
  readonly name: string;
  readonly address: string;
  readonly readyAtMs: number;
}

/** Scales a Deployment through the API. */
export const scale = (kit: Kit, deployment: string, replicas: number): Promise<Change> =>
  kit.change([
    {
      object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: kit.namespace, name: deployment },
      patch: { spec: { replicas } },
    },
  ]);

/** Waits until just `replicas` pods of those labels are to stay, all Ready, and says when each was first seen to be. */
export const readyPods = (
  kit: Kit,
  labels: Readonly<Record<string, string>>,
  replicas: number,
): Promise<readonly ReadyPod[]> => {
  const readyAtMs = new Map<string, number>();
  return kit.kube.waitFor(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace: kit.namespace, labels },
    (pods) => {
      for (const pod of pods.filter(isReady)) {
        if (!readyAtMs.has(pod.metadata.name)) readyAtMs.set(pod.metadata.name, nowMs());
      }
      const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      if (staying.length !== replicas || !staying.every(isReady)) return undefined;
      return staying.map(({ metadata, status }) => ({
        name: metadata.name,
        address: status.podIP as string,
        readyAtMs: readyAtMs.get(metadata.name) ?? Number.NaN,
      }));
    },
    `${replicas} pods of ${JSON.stringify(labels)} to be Ready, and no other to stay`,
  );
};

/** Waits until no more than `replicas` pods of those labels are there at all: the others have ended. */
export const othersGone = (kit: Kit, labels: Readonly<Record<string, string>>, replicas: number): Promise<true> =>
  kit.kube.waitFor(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace: kit.namespace, labels },
    (pods) => (pods.length <= replicas ? true : undefined),
    `all but ${replicas} pods of ${JSON.stringify(labels)} to be gone`,
  );
