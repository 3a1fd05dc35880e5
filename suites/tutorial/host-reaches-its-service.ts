import { defineCheck } from '../../src/kit/check.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'tutorial/host-reaches-its-service',
  title: 'through the controller’s pod address, each host reaches its Service',
  level: 'spec',
  requirement: ingressApi('Incoming requests are matched against the host before the IngressRuleValue.'),
  after: 'ingress',
  expect: [
    { host: 'website8080.com', servedBy: 'deploy-test-1', body: 'This is Web Server 1 running on 8080!' },
    { host: 'website9090.com', servedBy: 'deploy-test-2', body: 'This is Web Server 2 running on 9090!' },
  ],
});
