import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'host/precise-host-is-equal',
  title: 'foo.com takes foo.com, but no name below, above or beside it',
  level: 'spec',
  requirement: ingressApi(
    'If host is precise, the request matches this rule if the http host header is equal to Host.',
  ),
  given: (ground) => [ingress(ground, [{ host: `foo.${ground.host}`, paths: [prefix('/', 'hit')] }])],
  expect: ({ host }) => [
    { host: `foo.${host}`, servedBy: 'hit' },
    { host: `www.foo.${host}`, notServedBy: 'hit' },
    { host, notServedBy: 'hit' },
    { host: `myfoo.${host}`, notServedBy: 'hit' },
    { host: `foo.${host}.elsewhere.example`, notServedBy: 'hit' },
  ],
});
