import type { Kube } from '../../kube/kube.ts';
import { environmentError } from '../../model/errors.ts';
import type { DistributedLoad, LoadOrder, LoadPod, LoadResult } from '../../model/load.ts';
import { owned } from '../owned.ts';

/** Where pods make load, and how many. */
export interface PodsPlace {
  readonly kube: Kube;
  readonly namespace: string;
  readonly pods: number;
}

/** What an operator may take beyond the order's own time: to pull, to schedule, to start all at once. */
const graceMs = 180_000;

let made = 0;

/** Lets pods carry out an order together, and returns what they saw; what was applied for it is removed again. */
export async function loadFromPods(
  distributed: DistributedLoad,
  order: LoadOrder,
  { kube, namespace, pods }: PodsPlace,
): Promise<LoadResult> {
  made += 1;
  const name = `load-${made}`;
  const objects = (await distributed.objects(order, { namespace, name, pods })).map(owned);
  const run = objects.at(-1);
  if (run === undefined) throw environmentError('engine-failed', 'the load engine makes no object for its operator');
  const refs = objects.map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, namespace, name: metadata.name }));
  try {
    await kube.apply(objects);
    const stage = await kube.waitFor(
      { apiVersion: run.apiVersion, kind: run.kind },
      { namespace, name },
      ([one]) => {
        const found = one === undefined ? 'under way' : distributed.stage(one);
        return found === 'under way' ? undefined : found;
      },
      `${run.kind} ${namespace}/${name} to have made its load`,
      order.warmUpMs + order.durationMs + order.timeoutMs + graceMs,
    );
    const seen = await kube.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace, labels: distributed.podLabels(name) });
    if (stage === 'failed' || seen.length === 0)
      throw environmentError('engine-failed', `${run.kind} ${namespace}/${name} ended without its load`, {
        next: `kubectl -n ${namespace} describe ${run.kind.toLowerCase()} ${name}`,
      });
    const told = await Promise.all(
      seen.map(async ({ metadata }): Promise<LoadPod> => {
        const log = await kube.logs({ namespace, name: metadata.name }, { tailLines: 10_000 });
        return { name: metadata.name, log };
      }),
    );
    return distributed.merge(order, told);
  } finally {
    await kube.remove(refs);
  }
}
