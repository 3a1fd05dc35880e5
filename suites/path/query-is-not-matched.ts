import { defineCheck } from '../../src/kit/check.ts';
import { exact, ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/query-is-not-matched',
  title: 'The query takes no part in the match, neither of an Exact path nor of a Prefix one',
  level: 'spec',
  requirement: ingressApi(
    'In the example: http://<host>/<path>?<searchpart> -> backend where parts of the url correspond to RFC 3986, this resource will be used to match against everything after the last ‘/’ and before the first ‘?’ or ‘#’.',
  ),
  given: (ground) => [
    ingress(ground, [
      { host: ground.host, paths: [prefix('/bar', 'hit'), prefix('/', 'miss')] },
      { host: `exact.${ground.host}`, paths: [exact('/foo', 'hit')] },
    ]),
  ],
  expect: ({ host }) => [
    { path: '/bar?a=1', servedBy: 'hit' },
    { path: '/?/bar', servedBy: 'miss' },
    { path: '/baz?path=/bar', servedBy: 'miss' },
    { host: `exact.${host}`, path: '/foo?a=1', servedBy: 'hit' },
    { host: `exact.${host}`, path: '/foo?', servedBy: 'hit' },
    { host: `exact.${host}`, path: '/foo?/bar', servedBy: 'hit' },
    { host: `exact.${host}`, path: '/baz?/foo', notServedBy: 'hit' },
    { host: `exact.${host}`, path: '/foo%3Fa=1', notServedBy: 'hit' }, // an encoded question mark belongs to the path
  ],
});
