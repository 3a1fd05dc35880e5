import { cast, serviceOf } from '../../src/kit/backend.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { serviceDocs } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'backends/target-port-by-name',
  title: 'pods are reached at the port that they call as the Service’s targetPort says',
  level: 'spec',
  requirement: serviceDocs(
    'reference/kubernetes-api/service-resources/service-v1/',
    "If this is a string, it will be looked up as a named port in the target Pod's container ports.",
  ),
  given: (ground) => [
    serviceOf(ground.name, cast, [
      { name: 'shop', port: 8083, targetPort: 'hit' },
      { name: 'admin', port: 8081, targetPort: 'miss' },
    ]),
    ingress(ground, [prefix('/shop', ground.name, 8083), prefix('/admin', ground.name, 8081)]),
  ],
  expect: [
    { path: '/shop', servedBy: 'hit' },
    { path: '/admin', servedBy: 'miss' },
  ],
});
