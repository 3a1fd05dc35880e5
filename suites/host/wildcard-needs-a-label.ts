import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'host/wildcard-needs-a-label',
  title: '*.foo.com takes bar.foo.com, but neither foo.com nor barfoo.com',
  level: 'spec',
  requirement: ingressApi(
    'If host is a wildcard, then the request matches this rule if the http host header is to equal to the suffix (removing the first label) of the wildcard rule.',
  ),
  given: (ground) => [ingress(ground, [{ host: `*.${ground.host}`, paths: [prefix('/', 'hit')] }])],
  expect: ({ host }) => [
    { host: `bar.${host}`, servedBy: 'hit' },
    { host, notServedBy: 'hit' },
    { host: `bar${host}`, notServedBy: 'hit' },
  ],
});
