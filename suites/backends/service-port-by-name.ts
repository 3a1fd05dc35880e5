import { cast, serviceOf } from '../../src/kit/backend.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'backends/service-port-by-name',
  title: 'a Service of two ports is reached at the one whose name the rule gives',
  level: 'spec',
  requirement: ingressApi('name is the name of the port on the Service.'),
  given: (ground) => [
    // A pod's port is called as the other port of the Service: it is the Service's name that counts.
    serviceOf(ground.name, cast, [
      { name: 'miss', port: 8000, targetPort: 'hit' },
      { name: 'hit', port: 9000, targetPort: 'miss' },
    ]),
    ingress(ground, [prefix('/shop', ground.name, 'miss'), prefix('/admin', ground.name, 'hit')]),
  ],
  expect: [
    { path: '/shop', servedBy: 'hit' },
    { path: '/admin', servedBy: 'miss' },
  ],
});
