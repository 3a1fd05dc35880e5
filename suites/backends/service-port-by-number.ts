import { cast, serviceOf } from '../../src/kit/backend.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'backends/service-port-by-number',
  title: 'a Service of two ports is reached at the one whose number the rule gives',
  level: 'spec',
  requirement: ingressApi('number is the numerical port number (e.g. 80) on the Service.'),
  given: (ground) => [
    serviceOf(ground.name, cast, [
      { name: 'shop', port: 8000, targetPort: 'hit' },
      { name: 'admin', port: 9000, targetPort: 'miss' },
    ]),
    ingress(ground, [prefix('/shop', ground.name, 8000), prefix('/admin', ground.name, 9000)]),
  ],
  expect: [
    { path: '/shop', servedBy: 'hit' },
    { path: '/admin', servedBy: 'miss' },
  ],
});
