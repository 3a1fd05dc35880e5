import { defineCheck } from '../../src/kit/check.ts';
import { exact, ingress } from '../../src/kit/ingress.ts';
import { pathExamples } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/exact-takes-one-path',
  title: 'Exact /foo takes /foo, and neither what is below it nor any other path',
  level: 'spec',
  requirement: pathExamples('Exact /foo, request path /foo: Yes. Exact /foo, request path /bar: No.'),
  given: (ground) => [ingress(ground, [exact('/foo', 'hit')])],
  expect: [
    { path: '/foo', servedBy: 'hit' },
    { path: '/bar', notServedBy: 'hit' },
    { path: '/foo/bar', notServedBy: 'hit' },
    { path: '/foobar', notServedBy: 'hit' },
    { path: '/bar/foo', notServedBy: 'hit' },
    { path: '/', notServedBy: 'hit' },
  ],
});
