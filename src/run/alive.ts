import { setTimeout as pause } from 'node:timers/promises';
import { createKube } from '../kube/create-kube.ts';
import type { Kube } from '../kube/kube.ts';
import { type KubernetesObject, ownedLabel } from '../model/kubernetes.ts';
import { timeouts } from '../model/timeouts.ts';
import { here, runsHere } from '../toolchain/maker.ts';

/** Which run a namespace belongs to: `<host>/<process namespace>.<pid>`. */
const runAnnotation = 'ingress-assay.dev/run';
/** Written anew as long as the run goes on. */
const beatAnnotation = 'ingress-assay.dev/beat';
const thisRun = `${here}.${process.pid}`;

/** What a namespace of this run says of it. */
export const runAnnotations = { [runAnnotation]: thisRun };

/** Keeps saying, in a namespace of this run, that the run goes on; disposing it stops that. */
export function keepAlive(kubeconfig: string, namespace: string): AsyncDisposable {
  const stop = new AbortController();
  const kube = createKube(kubeconfig, stop.signal);
  const object = { apiVersion: 'v1', kind: 'Namespace', name: namespace };
  const beat = async () => {
    for (let beats = 1; !stop.signal.aborted; beats += 1) {
      const patch = { metadata: { annotations: { [beatAnnotation]: String(beats) } } };
      // Whether the API can be reached is for others to judge.
      await kube.patch([{ object, patch }]).catch(() => {});
      await pause(timeouts.beatMs, undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const beating = beat();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort(new Error('the run has ended'));
      await beating;
    },
  };
}

/**
 * The run, other than this one, that still goes on in one of these namespaces. Of a process of this machine that is known; of one
 * elsewhere it is seen by its writing meanwhile, so that clocks need not agree.
 */
export async function runThatGoesOn(
  kube: Pick<Kube, 'list'>,
  namespaces: readonly KubernetesObject[],
  { beatMs }: { readonly beatMs: number } = timeouts,
): Promise<string | undefined> {
  const runs = new Set(namespaces.flatMap(({ metadata }) => metadata.annotations?.[runAnnotation] ?? []));
  const near = [...runs].find(isOfAnotherHere);
  if (near !== undefined) return near;
  const elsewhere = namespaces.filter(({ metadata }) => isElsewhere(metadata.annotations?.[runAnnotation]));
  if (elsewhere.length === 0) return undefined;
  await pause(2.5 * beatMs);
  const later = await kube.list({ apiVersion: 'v1', kind: 'Namespace' }, { labels: { [ownedLabel]: 'true' } });
  const alive = later.find(({ metadata }) => {
    const run = metadata.annotations?.[runAnnotation];
    if (run === undefined || run === thisRun) return false;
    const before = namespaces.find((one) => one.metadata.uid === metadata.uid);
    // It may have begun meanwhile, in a namespace of the same name as one that was left behind.
    if (before === undefined) return true;
    return isElsewhere(run) && metadata.annotations?.[beatAnnotation] !== before.metadata.annotations?.[beatAnnotation];
  });
  return alive?.metadata.annotations?.[runAnnotation];
}

const hostOf = (run: string): string => run.slice(0, run.lastIndexOf('.'));
const isElsewhere = (run: string | undefined): boolean => run !== undefined && hostOf(run) !== here;

function isOfAnotherHere(run: string): boolean {
  const pid = Number(run.slice(run.lastIndexOf('.') + 1));
  return hostOf(run) === here && pid !== process.pid && runsHere(pid);
}
