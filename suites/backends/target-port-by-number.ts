import { cast, serviceOf } from '../../src/kit/backend.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { serviceDocs } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'backends/target-port-by-number',
  title: 'pods are reached at the Service’s targetPort, though they listen on the Service’s own port too',
  level: 'spec',
  requirement: serviceDocs(
    'reference/kubernetes-api/service-resources/service-v1/',
    'Number or name of the port to access on the pods targeted by the service.',
  ),
  given: (ground) => [
    // Each port is also the number of another back-end's.
    serviceOf(ground.name, cast, [
      { name: 'shop', port: 8082, targetPort: 8081 },
      { name: 'admin', port: 8083, targetPort: 8082 },
    ]),
    ingress(ground, [prefix('/shop', ground.name, 8082), prefix('/admin', ground.name, 8083)]),
  ],
  expect: [
    { path: '/shop', servedBy: 'hit' },
    { path: '/admin', servedBy: 'miss' },
  ],
});
