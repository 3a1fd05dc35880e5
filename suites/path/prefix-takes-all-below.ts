import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { pathExamples } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/prefix-takes-all-below',
  title: 'Prefix /aaa/bbb takes itself, with a slash or without, and every path below it, and nothing else',
  level: 'spec',
  requirement: pathExamples(
    'Prefix /aaa/bbb, request path /aaa/bbb: Yes. /aaa/bbb/: Yes, matches trailing slash. /aaa/bbb/ccc: Yes, matches subpath. Prefix /aaa, request path /ccc: No, uses default backend.',
  ),
  given: (ground) => [ingress(ground, [prefix('/aaa/bbb', 'hit')])],
  expect: [
    { path: '/aaa/bbb', servedBy: 'hit' },
    { path: '/aaa/bbb/', servedBy: 'hit' },
    { path: '/aaa/bbb/ccc', servedBy: 'hit' },
    { path: '/aaa/bbb/ccc/ddd/', servedBy: 'hit' },
    { path: '/ccc', notServedBy: 'hit' },
    { path: '/aaa', notServedBy: 'hit' },
    { path: '/', notServedBy: 'hit' },
    { path: '/ccc/aaa/bbb', notServedBy: 'hit' }, // not anywhere, but at the beginning
  ],
});
