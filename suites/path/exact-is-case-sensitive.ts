import { defineCheck } from '../../src/kit/check.ts';
import { exact, ingress } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/exact-is-case-sensitive',
  title: 'Exact /foo does not take /FOO',
  level: 'spec',
  requirement: ingressApi('"Exact" matches the URL path exactly and with case sensitivity.'),
  given: (ground) => [ingress(ground, [exact('/foo', 'hit'), exact('/FOO', 'other')])],
  expect: [
    { path: '/foo', servedBy: 'hit' },
    { path: '/FOO', servedBy: 'other' },
    { path: '/Foo', servedBy: 'nobody' },
  ],
});
