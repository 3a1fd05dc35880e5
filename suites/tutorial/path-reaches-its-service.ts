import { defineCheck } from '../../src/kit/check.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'tutorial/path-reaches-its-service',
  title: 'through the controller’s pod address, each path of website.com reaches its Service',
  level: 'spec',
  requirement: ingressApi('path is matched against the path of an incoming request.'),
  after: 'ingress',
  expect: [
    {
      host: 'website.com',
      path: '/eightyeighty',
      servedBy: 'deploy-test-1',
      body: 'This is Web Server 1 running on 8080!',
    },
    {
      host: 'website.com',
      path: '/ninetyninety',
      servedBy: 'deploy-test-2',
      body: 'This is Web Server 2 running on 9090!',
    },
    { host: 'website.com', path: '/eightyeighty/below', servedBy: 'deploy-test-1' },
    { host: 'website.com', path: '/ninetyninety/below', servedBy: 'deploy-test-2' },
  ],
});
