import { defineCheck } from '../../src/kit/check.ts';
import { tutorial } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'tutorial/node-port-serves-every-rule',
  title: 'from outside, NodePort 30000 serves every rule as the controller’s pod does',
  level: 'convention',
  requirement: tutorial('Now we should be able to reach all of our URLs from outside of the cluster.'),
  after: 'default-back-end',
  expect: [
    { via: 'nodePort', host: 'website8080.com', servedBy: 'deploy-test-1' },
    { via: 'nodePort', host: 'website9090.com', servedBy: 'deploy-test-2' },
    { via: 'nodePort', host: 'website.com', path: '/eightyeighty', servedBy: 'deploy-test-1' },
    { via: 'nodePort', host: 'website.com', path: '/ninetyninety', servedBy: 'deploy-test-2' },
    { via: 'nodePort', host: 'website.com', servedBy: 'default-http-backend', status: 404 },
    { via: 'nodePort', host: 'nobody.example', servedBy: 'default-http-backend', status: 404 },
  ],
});
