import { backend, poolService, trio } from '../../src/kit/backend.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { serviceDocs } from '../../src/kit/requirement.ts';
import { readyPods } from '../../src/kit/scale.ts';
import { expectAllServe } from '../../src/kit/spread.ts';
import { environmentError } from '../../src/model/errors.ts';

const service = 'slices-are-all-read';

export default defineCheck({
  id: 'backends/slices-are-all-read',
  title: 'all pods of a Service get traffic, though they are in more than one EndpointSlice',
  level: 'convention',
  requirement: serviceDocs(
    'reference/kubernetes-api/service-resources/endpoint-slice-v1/',
    'For a given service there may be multiple EndpointSlice objects which must be joined to produce the full set of endpoints.',
  ),
  // Pods that give the port of one name another number cannot be in one slice: far fewer than 100 do.
  given: (ground) => [
    trio,
    backend('loner', { port: 9090, pools: [service] }),
    poolService(service),
    ingress(ground, [prefix('/', service)]),
  ],
  async run(kit) {
    const slices = await kit.kube.list(
      { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
      { namespace: kit.namespace, labels: { 'kubernetes.io/service-name': service } },
    );
    kit.record(
      'endpoints by slice',
      slices.map(({ endpoints }) => endpoints?.length ?? 0),
    );
    if (slices.length < 2) {
      throw environmentError('one-slice', `the cluster has put pods with different ports into one EndpointSlice`, {
        next: `kubectl -n ${kit.namespace} get endpointslices`,
      });
    }
    const pods = await readyPods(kit, { [`pool/${service}`]: 'in' }, 4);
    await expectAllServe(
      kit,
      pods.map(({ name }) => name),
    );
  },
});
