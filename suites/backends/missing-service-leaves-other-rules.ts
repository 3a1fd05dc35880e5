import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { usage } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'backends/missing-service-leaves-other-rules',
  title: 'a Service that is not there takes along no other rule of its Ingress',
  level: 'convention',
  requirement: usage('servicebackend/service_backend.go', 'should return 503 when backend service does not exist'),
  given: (ground) => [
    ingress(ground, [
      { host: ground.host, paths: [prefix('/a', 'hit'), prefix('/gone', ground.name), prefix('/z', 'miss')] },
      { host: `other.${ground.host}`, paths: [prefix('/', 'other')] },
    ]),
  ],
  expect: ({ host }) => [
    { path: '/a', servedBy: 'hit' },
    { path: '/z', servedBy: 'miss' },
    { path: '/gone', servedBy: 'nobody' },
    { host: `other.${host}`, servedBy: 'other' },
  ],
});
