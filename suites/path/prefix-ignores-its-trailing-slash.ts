import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressDocs } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/prefix-ignores-its-trailing-slash',
  title: 'Prefix /foo/ takes /foo as well as /foo/ and what is below',
  level: 'spec',
  requirement: ingressDocs(
    'examples',
    'Prefix /foo/ matches /foo and /foo/. Prefix /aaa/bbb/ matches /aaa/bbb: ignores trailing slash.',
  ),
  given: (ground) => [ingress(ground, [prefix('/foo/', 'hit'), prefix('/aaa/bbb/', 'hit'), prefix('/', 'miss')])],
  expect: [
    { path: '/foo', servedBy: 'hit' },
    { path: '/foo/', servedBy: 'hit' },
    { path: '/foo/bar', servedBy: 'hit' },
    { path: '/aaa/bbb', servedBy: 'hit' },
    { path: '/foobar', servedBy: 'miss' },
  ],
});
