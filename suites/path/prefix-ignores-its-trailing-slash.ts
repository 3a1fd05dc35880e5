import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { pathExamples } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/prefix-ignores-its-trailing-slash',
  title: 'Prefix /foo/ takes /foo as well as /foo/ and what is below',
  level: 'spec',
  requirement: pathExamples(
    'Prefix /foo/, request paths /foo, /foo/: Yes. Prefix /aaa/bbb/, request path /aaa/bbb: Yes, ignores trailing slash.',
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
