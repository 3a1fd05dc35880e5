import { defineCheck } from '../../src/kit/check.ts';
import { tutorial } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'tutorial/no-ingress-answers-404',
  title: 'with no Ingress for them yet, the controller sends the tutorial’s requests to a 404',
  level: 'convention',
  requirement: tutorial(
    'Doing so should result in landing at the default back-end since we have not yet told the ingress what it should do.',
  ),
  after: 'backends',
  expect: [
    { status: 404 },
    { host: 'website8080.com', status: 404 },
    { host: 'website9090.com', status: 404 },
    { host: 'website.com', path: '/eightyeighty', status: 404 },
    { host: 'website.com', path: '/nginx_status', status: 404 },
  ],
});
