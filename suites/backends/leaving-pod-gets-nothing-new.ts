import { backend, poolService, trio } from '../../src/kit/backend.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import type { Kit } from '../../src/kit/kit.ts';
import { serviceDocs } from '../../src/kit/requirement.ts';
import { othersGone, readyPods, scale } from '../../src/kit/scale.ts';
import { tellPod } from '../../src/kit/tell-pod.ts';
import { environmentError } from '../../src/model/errors.ts';
import { timeouts } from '../../src/model/timeouts.ts';

const name = 'leaving-pod-gets-nothing-new';
/** The pod serves on for so long: more than a controller may take to hear that it is leaving. */
const drainMs = 45_000;
const leaver = backend('leaver', { pools: [name], drainMs });
const labels = leaver.spec.selector.matchLabels;

/** Waits until the API has the pod down as leaving. */
const leaving = ({ kube, namespace }: Kit): Promise<true> =>
  kube.waitFor(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace, labels },
    ([pod]) => pod?.metadata.deletionTimestamp !== undefined || undefined,
    'the pod of leaver to be told to leave',
  );

export default defineCheck({
  id: `backends/${name}`,
  title: 'a pod that is leaving gets no new requests, though it would still serve them',
  level: 'convention',
  requirement: serviceDocs(
    'reference/kubernetes-api/service-resources/endpoint-slice-v1/',
    'In general, an endpoint should be marked ready if it is serving and not terminating, though this can be overridden in some cases, such as when the associated Service has set the publishNotReadyAddresses flag.',
  ),
  apart: true,
  given: (ground) => [trio, leaver, poolService(name), ingress(ground, [prefix('/', name)])],
  async run(kit) {
    await readyPods(kit, labels, 1);
    await scale(kit, 'leaver', 0);
    try {
      await leaving(kit);
      const settleMs = Math.min(timeouts.convergeMs, drainMs - 15_000);
      await kit.converge({ servedBy: 'trio' }, { settleMs });
      const [pod] = await kit.kube.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace: kit.namespace, labels });
      if (pod?.metadata.deletionTimestamp === undefined) {
        throw environmentError(
          'backend-broken',
          `the pod of leaver is not leaving, or has left before its ${drainMs} ms`,
        );
      }
    } finally {
      await tellPod(kit, labels, 'leave');
      await othersGone(kit, labels, 0);
    }
  },
});
