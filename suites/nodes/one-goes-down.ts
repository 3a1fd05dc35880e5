import { nowMs } from '../../src/kit/agent/clock.ts';
import { backend, poolService } from '../../src/kit/backend.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { CheckFailed, CheckUnsupported } from '../../src/kit/failure.ts';
import { frontService } from '../../src/kit/front-service.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import type { Kit } from '../../src/kit/kit.ts';
import { tutorial } from '../../src/kit/requirement.ts';
import type { Sample } from '../../src/kit/stream.ts';
import { guardOf } from '../../src/kit/stream-guard.ts';
import type { KubernetesObject } from '../../src/model/kubernetes.ts';
import { timeouts } from '../../src/model/timeouts.ts';

const pool = 'one-goes-down';
const spacingMs = 50;

/** A pod on that very node, by whose name the back-end answers. */
function onNode(name: string, node: string): KubernetesObject {
  const object = backend(name, { pools: [pool] });
  object.spec.template.spec.nodeName = node;
  return object;
}

/** The node to be stopped, which no pod of the controller runs on, and another that pods land on. */
async function chooseNodes({ cluster, controller }: Kit): Promise<{ readonly goes: string; readonly stays: string }> {
  const its = new Set((await controller.pods()).map(({ node }) => node));
  const workers = cluster.nodes.filter(({ controlPlane }) => !controlPlane).map(({ name }) => name);
  const goes = workers.find((name) => !its.has(name));
  const stays = workers.find((name) => name !== goes);
  if (goes !== undefined && stays !== undefined) return { goes, stays };
  throw new CheckUnsupported('pods of the controller run on every node that could be stopped');
}

/** Waits until the API names the pod of that back-end as ready in no EndpointSlice of the pool. */
const withdrawn = (kit: Kit, node: string): Promise<true> =>
  kit.kube.waitFor(
    { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
    { namespace: kit.namespace, labels: { 'kubernetes.io/service-name': pool } },
    (slices) => {
      const ready = slices.flatMap(({ endpoints }) => endpoints ?? []).filter(({ conditions }) => conditions?.ready);
      return ready.some(({ nodeName }) => nodeName === node) ? undefined : true;
    },
    `the pod on ${node} to be taken out of the Service`,
    timeouts.nodeLostMs,
  );

const answeredBy = (backendName: string) => (sample: Sample) =>
  sample.outcome.kind === 'answered' && sample.outcome.status === 200 && sample.outcome.backend === backendName;

export default defineCheck({
  id: 'nodes/one-goes-down',
  title:
    'a node goes down: through another’s NodePort requests go on, and all are served once the API has withdrawn its pods',
  level: 'convention',
  requirement: tutorial(
    'access the webservice thro a single url like dns name of master/load balancer or VIP so that even if one node goes down, it doesnt affect the application.',
  ),
  features: ['installed'],
  capabilities: ['stopNode'],
  last: true,
  given: (ground) => [poolService(pool), ingress(ground, [prefix('/', pool)])],
  async run(kit) {
    const { goes, stays } = await chooseNodes(kit);
    const pods = [onNode('goes', goes), onNode('stays', stays)];
    await kit.kube.apply(pods.map((pod) => ({ ...pod, metadata: { ...pod.metadata, namespace: kit.namespace } })));
    await kit.kube.rollout(kit.namespace, ['goes', 'stays']);

    const left = kit.cluster.nodes.flatMap(({ name }, node) => (name === goes ? [] : [node]));
    const roads = left.map((node) => ({ nodePort: frontService.http, node }));
    const { place, address, port } = await kit.resolve({
      nodePort: frontService.http,
      node: kit.cluster.nodes.findIndex(({ name }) => name === stays),
    });
    await using stream = await kit.stream({ place, request: { address, port, host: kit.ground.host }, spacingMs });
    for (const name of ['goes', 'stays'])
      await stream.until(`an answer of the pod on ${name}`, answeredBy(name), timeouts.convergeMs);

    const downAtMs = nowMs();
    await using _down = await kit.cluster.stopNode?.(goes);
    await withdrawn(kit, goes);
    const withdrawnAtMs = nowMs();
    await kit.converge(
      roads.map((via) => ({ via, servedBy: 'stays' })),
      { settleMs: timeouts.convergeMs },
    );

    const samples = (await stream.stop()).filter(({ sentAtMs }) => sentAtMs >= downAtMs);
    const good = answeredBy('stays');
    const lost = samples.filter((sample) => !good(sample) && !answeredBy('goes')(sample));
    const lastLost = lost.reduce((latest, { sentAtMs }) => Math.max(latest, sentAtMs), downAtMs);
    const meanwhile = samples.filter((sample) => sample.sentAtMs < withdrawnAtMs && good(sample)).length;
    kit.record('node down', {
      withdrawnAfterMs: withdrawnAtMs - downAtMs,
      wholeAgainAfterMs: lastLost - downAtMs,
      lost: lost.length,
      answeredUntilWithdrawn: meanwhile,
      ...guardOf(samples, spacingMs),
    });
    if (meanwhile === 0) {
      throw new CheckFailed({
        expected: 'requests to go on reaching the pod that stays, until that of the lost node is withdrawn',
        actual: `none of ${samples.length} did`,
      });
    }
  },
});
