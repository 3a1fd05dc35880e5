import { backend, poolService, trio } from '../../src/kit/backend.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { type Attempt, eventually } from '../../src/kit/eventually.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import type { Kit } from '../../src/kit/kit.ts';
import { serviceDocs } from '../../src/kit/requirement.ts';
import { tellPod } from '../../src/kit/tell-pod.ts';
import { isReady } from '../../src/kube/explain-pod.ts';
import { timeouts } from '../../src/model/timeouts.ts';

const name = 'unready-pod-is-withdrawn';
const waverer = backend('waverer', { pools: [name] });

/** Tells the pod what its probe is to answer, and waits until the API has heard of it. */
async function turn(kit: Kit, to: 'ready' | 'unready'): Promise<void> {
  const where = { namespace: kit.namespace, labels: waverer.spec.selector.matchLabels };
  await tellPod(kit, where.labels, to);
  await kit.kube.waitFor(
    { apiVersion: 'v1', kind: 'Pod' },
    where,
    ([pod]) => (pod !== undefined && isReady(pod) === (to === 'ready')) || undefined,
    `the pod of waverer to turn ${to}`,
  );
}

/** Waits until the pod that wavers has answered: among four, some request reaches it. */
const untilServed = async (kit: Kit, expected: string): Promise<void> => {
  const { place, address, port } = await kit.resolve('controller');
  await eventually(expected, async (): Promise<Attempt<true>> => {
    const probe = await kit.probe(place, { address, port, host: kit.ground.host });
    const by = probe.outcome.kind === 'answered' ? probe.outcome.servedBy?.backend : undefined;
    return by === 'waverer' ? { done: true } : { seen: by ?? 'nobody of ours', probe };
  });
};

export default defineCheck({
  id: `backends/${name}`,
  title: 'a pod that turns not ready gets no more requests, and gets them again once it is ready',
  level: 'convention',
  requirement: serviceDocs(
    'reference/kubernetes-api/service-resources/endpoint-slice-v1/',
    'ready indicates that this endpoint is ready to receive traffic, according to whatever system is managing the endpoint.',
  ),
  apart: true,
  given: (ground) => [trio, waverer, poolService(name), ingress(ground, [prefix('/', name)])],
  async run(kit) {
    await untilServed(kit, 'an answer of the pod that is still ready');
    try {
      await turn(kit, 'unready');
      await kit.converge({ servedBy: 'trio' }, { settleMs: timeouts.convergeMs });
    } finally {
      await turn(kit, 'ready');
    }
    await untilServed(kit, 'an answer of the pod that is ready again');
  },
});
