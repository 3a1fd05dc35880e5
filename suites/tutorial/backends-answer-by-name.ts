import { defineCheck } from '../../src/kit/check.ts';
import { tutorial } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'tutorial/backends-answer-by-name',
  title: 'net-test reaches each web server by the name of its Service',
  level: 'convention',
  requirement: tutorial(
    'As expected pods can resolve the services by DNS name and we can successfully reach each service.',
  ),
  after: 'backends',
  expect: [
    {
      via: { service: 'backend-svc-1', by: 'name' },
      servedBy: 'deploy-test-1',
      body: 'This is Web Server 1 running on 8080!',
    },
    {
      via: { service: 'backend-svc-2', by: 'name' },
      servedBy: 'deploy-test-2',
      body: 'This is Web Server 2 running on 9090!',
    },
  ],
});
