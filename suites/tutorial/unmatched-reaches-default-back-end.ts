import { defineCheck } from '../../src/kit/check.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'tutorial/unmatched-reaches-default-back-end',
  title: 'through the controller’s pod address, what no rule matches reaches the default back-end',
  level: 'spec',
  requirement: ingressApi('defaultBackend is the backend that should handle requests that don’t match any rule.'),
  after: 'default-back-end',
  expect: [
    { host: 'nobody.example', servedBy: 'default-http-backend', status: 404 },
    { host: 'website.com', servedBy: 'default-http-backend', status: 404 },
    { host: 'website.com', path: '/elsewhere', servedBy: 'default-http-backend', status: 404 },
  ],
});
