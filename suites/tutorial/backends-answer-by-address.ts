import { defineCheck } from '../../src/kit/check.ts';
import { tutorial } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'tutorial/backends-answer-by-address',
  title: 'net-test reaches each web server by the address of its Service',
  level: 'convention',
  requirement: tutorial(
    'let’s do some extra validation from our net-test pod to make sure the pods and services are working as expected.',
  ),
  after: 'backends',
  expect: [
    {
      via: { service: 'backend-svc-1', by: 'address' },
      servedBy: 'deploy-test-1',
      body: 'This is Web Server 1 running on 8080!',
    },
    {
      via: { service: 'backend-svc-2', by: 'address' },
      servedBy: 'deploy-test-2',
      body: 'This is Web Server 2 running on 9090!',
    },
  ],
});
