import { poolService } from '../../src/kit/backend.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { usage } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'backends/no-endpoints-is-5xx',
  title: 'a Service without endpoints is answered for with a 5xx, and the other rules of its Ingress go on',
  level: 'convention',
  requirement: usage(
    'servicebackend/service_backend.go',
    'should return 503 when all backend service endpoints are unavailable',
  ),
  given: (ground) => [poolService(ground.name), ingress(ground, [prefix('/empty', ground.name), prefix('/', 'hit')])],
  expect: [
    { path: '/empty', status: '5xx', servedBy: 'nobody' },
    { path: '/', servedBy: 'hit' },
  ],
});
