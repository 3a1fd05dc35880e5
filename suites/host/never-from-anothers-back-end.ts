import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'host/never-from-anothers-back-end',
  title: 'of a thousand requests for a host, not one is answered by the back-end of another',
  level: 'spec',
  requirement: ingressApi('Incoming requests are matched against the host before the IngressRuleValue.'),
  given: (ground) => [
    ingress(ground, [
      { host: `one.${ground.host}`, paths: [prefix('/', 'hit')] },
      { host: `two.${ground.host}`, paths: [prefix('/', 'miss')] },
    ]),
  ],
  expect: ({ host }) => [
    { host: `one.${host}`, servedBy: 'hit' },
    { host: `two.${host}`, servedBy: 'miss' },
  ],
  faultRate: 0.005,
  apart: true,
});
