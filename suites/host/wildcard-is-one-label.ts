import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressDocs } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'host/wildcard-is-one-label',
  title: '*.foo.com takes bar.foo.com, but not baz.bar.foo.com',
  level: 'spec',
  requirement: ingressDocs(
    'hostname-wildcards',
    'Host *.foo.com, Host header baz.bar.foo.com: No match, wildcard only covers a single DNS label.',
  ),
  given: (ground) => [ingress(ground, [{ host: `*.${ground.host}`, paths: [prefix('/', 'hit')] }])],
  expect: ({ host }) => [
    { host: `bar.${host}`, servedBy: 'hit' },
    { host: `baz.bar.${host}`, notServedBy: 'hit' },
  ],
});
