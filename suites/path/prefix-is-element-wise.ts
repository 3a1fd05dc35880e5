import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/prefix-is-element-wise',
  title: 'Prefix /foo does not match /foobar',
  level: 'spec',
  requirement: ingressApi(
    'Prefix: Matches based on a URL path prefix split by ‘/’. Matching is done on a path element by element basis. Note that if the last element of the path is a substring of the last element in request path, it is not a match (e.g. /foo/bar matches /foo/bar/baz, but does not match /foo/barbaz).',
  ),
  given: (ground) => [ingress(ground, [prefix('/foo', 'hit'), prefix('/', 'miss')])],
  expect: [
    { path: '/foo', servedBy: 'hit' },
    { path: '/foo/bar', servedBy: 'hit' },
    { path: '/foobar', servedBy: 'miss' }, // a string prefix would take this one
    { path: '/foobar/', servedBy: 'miss' },
  ],
});
