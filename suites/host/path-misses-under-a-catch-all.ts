import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { observe, valuesOf } from '../../src/kit/observe.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

const words = { other: 'taken by the rule without host', 404: 'taken by no rule' };
const path = '/path-misses-under-a-catch-all';

export default defineCheck({
  id: 'host/path-misses-under-a-catch-all',
  title: 'whether what none of a host’s paths takes goes to a rule without host that does',
  level: 'observation',
  requirement: ingressApi('Incoming requests are matched against the host before the IngressRuleValue.'),
  values: valuesOf(words),
  given: (ground) => [
    ingress(ground, [{ host: ground.host, paths: [prefix('/known', 'hit')] }, { paths: [prefix(path, 'other')] }]),
  ],
  async run(kit) {
    await kit.converge([
      { path: '/known', servedBy: 'hit' },
      { host: `unknown.${kit.ground.host}`, path, servedBy: 'other' },
    ]);
    return observe(kit, { path }, words);
  },
});
