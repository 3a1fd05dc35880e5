import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

const path = '/rule-without-host-takes-any';

export default defineCheck({
  id: 'host/rule-without-host-takes-any',
  title: 'a rule without host takes requests for any host, an address too',
  level: 'spec',
  requirement: ingressApi(
    'If the host is unspecified, the Ingress routes all traffic based on the specified IngressRuleValue.',
  ),
  given: (ground) => [ingress(ground, [{ paths: [prefix(path, 'hit')] }])],
  expect: ({ host }) => [
    { host, path, servedBy: 'hit' },
    { host: 'localhost', path, servedBy: 'hit' },
    { host: 'any.other.host.example', path, servedBy: 'hit' },
    { host: '192.0.2.1', path, servedBy: 'hit' },
  ],
});
