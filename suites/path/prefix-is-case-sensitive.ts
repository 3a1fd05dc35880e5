import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressDocs } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/prefix-is-case-sensitive',
  title: 'Prefix /foo takes neither /FOO nor /Foo/bar',
  level: 'spec',
  requirement: ingressDocs(
    'path-types',
    'Prefix: Matches based on a URL path prefix split by /. Matching is case sensitive and done on a path element by element basis.',
  ),
  given: (ground) => [ingress(ground, [prefix('/foo', 'hit'), prefix('/', 'miss')])],
  expect: [
    { path: '/foo', servedBy: 'hit' },
    { path: '/FOO', servedBy: 'miss' },
    { path: '/Foo/bar', servedBy: 'miss' },
  ],
});
