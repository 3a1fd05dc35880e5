import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { observe, valuesOf } from '../../src/kit/observe.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

const words = { hit: 'taken', 404: 'not taken', 400: 'refused' };
const path = '/no-host-name-under-a-catch-all';

export default defineCheck({
  id: 'host/no-host-name-under-a-catch-all',
  title: 'whether a rule without host takes a request whose Host no rule can name: _foo..example',
  level: 'observation',
  requirement: ingressApi(
    'If the host is unspecified, the Ingress routes all traffic based on the specified IngressRuleValue.',
  ),
  values: valuesOf(words),
  given: (ground) => [ingress(ground, [{ paths: [prefix(path, 'hit')] }])],
  async run(kit) {
    await kit.converge({ path, servedBy: 'hit' });
    return observe(kit, { host: '_foo..example', path }, words);
  },
});
