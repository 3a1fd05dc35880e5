import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { usage } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'backends/missing-service-is-5xx',
  title: 'a path that leads to a Service which is not there is answered with a 5xx',
  level: 'convention',
  requirement: usage('servicebackend/service_backend.go', 'should return 503 when backend service does not exist'),
  given: (ground) => [ingress(ground, [prefix('/', ground.name)])],
  expect: [{ status: '5xx', servedBy: 'nobody' }],
});
