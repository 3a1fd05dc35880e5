import { defineCheck } from '../../src/kit/check.ts';
import { implementationSpecific, ingress } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/implementation-specific-is-served',
  title: 'ImplementationSpecific /foo takes /foo',
  level: 'spec',
  requirement: ingressApi(
    'ImplementationSpecific: Interpretation of the Path matching is up to the IngressClass. Implementations can treat this as a separate PathType or treat it identically to Prefix or Exact path types. Implementations are required to support all path types.',
  ),
  given: (ground) => [ingress(ground, [implementationSpecific('/foo', 'hit')])],
  expect: [
    { path: '/foo', servedBy: 'hit' },
    { path: '/bar', notServedBy: 'hit' }, // by none of the three types
  ],
});
