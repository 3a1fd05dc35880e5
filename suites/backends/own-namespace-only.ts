import { cast, serviceOf } from '../../src/kit/backend.ts';
import { defineCheck, type Ground } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import type { Kit } from '../../src/kit/kit.ts';
import { ingressApi } from '../../src/kit/requirement.ts';
import { environmentError } from '../../src/model/errors.ts';
import { timeouts } from '../../src/model/timeouts.ts';

const elsewhere = ({ namespace }: Ground): string => `${namespace}-elsewhere`;

/** Address of the pod that serves this area's back-ends. */
async function castAddress({ kube, namespace }: Kit): Promise<string> {
  const [pod] = await kube.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace, labels: cast });
  if (pod !== undefined) return pod.status.podIP;
  throw environmentError('object-missing', `no pod of ${namespace} serves its back-ends`);
}

export default defineCheck({
  id: 'backends/own-namespace-only',
  title: 'a Service of another namespace is out of reach, though one of that name is nowhere else',
  level: 'spec',
  requirement: ingressApi(
    'name is the referenced service. The service must exist in the same namespace as the Ingress object.',
  ),
  given: (ground) => {
    const namespace = elsewhere(ground);
    const service = serviceOf(ground.name, undefined, [{ name: 'http', port: 80, targetPort: 8083 }]);
    return [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { ...service, metadata: { ...service.metadata, namespace } },
      ingress(ground, [{ host: `there.${ground.host}`, paths: [prefix('/', ground.name)] }], { namespace }),
      ingress(ground, [prefix('/', ground.name)]),
    ];
  },
  async run(kit) {
    const { ground } = kit;
    await kit.kube.apply([
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          name: ground.name,
          namespace: elsewhere(ground),
          labels: {
            'kubernetes.io/service-name': ground.name,
            'endpointslice.kubernetes.io/managed-by': 'ingress-assay',
          },
        },
        addressType: 'IPv4',
        ports: [{ name: 'http', port: 8083 }],
        endpoints: [{ addresses: [await castAddress(kit)], conditions: { ready: true } }],
      },
    ]);
    // First what shows that the controller knows the Service and its endpoints.
    await kit.converge({ host: `there.${ground.host}`, servedBy: 'other' }, { settleMs: timeouts.convergeMs });
    await kit.converge({ servedBy: 'nobody' });
  },
});
