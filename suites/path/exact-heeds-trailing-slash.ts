import { defineCheck } from '../../src/kit/check.ts';
import { exact, ingress } from '../../src/kit/ingress.ts';
import { pathExamples } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/exact-heeds-trailing-slash',
  title: 'Exact /foo does not take /foo/, nor Exact /bar/ /bar',
  level: 'spec',
  requirement: pathExamples('Exact /foo, request path /foo/: No. Exact /foo/, request path /foo: No.'),
  given: (ground) => [ingress(ground, [exact('/foo', 'hit'), exact('/bar/', 'hit')])],
  expect: [
    { path: '/foo', servedBy: 'hit' },
    { path: '/bar/', servedBy: 'hit' },
    { path: '/foo/', notServedBy: 'hit' },
    { path: '/bar', notServedBy: 'hit' },
  ],
});
