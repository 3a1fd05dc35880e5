import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { pathExamples } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/prefix-root-takes-everything',
  title: 'Prefix / takes every path',
  level: 'spec',
  requirement: pathExamples('Prefix /, request path (all paths): Yes.'),
  given: (ground) => [ingress(ground, [prefix('/', 'hit')])],
  expect: ['/', '/foo', '/foo/', '/foo/bar/baz', '/FOO.html', '/?foo'].map((path) => ({ path, servedBy: 'hit' })),
});
