import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { observe, valuesOf } from '../../src/kit/observe.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

const words = { other: 'taken by the wildcard', 404: 'taken by no rule' };

export default defineCheck({
  id: 'host/path-misses-under-a-wildcard',
  title: 'whether what none of the paths of bar.foo.com takes goes to *.foo.com',
  level: 'observation',
  requirement: ingressApi('Incoming requests are matched against the host before the IngressRuleValue.'),
  values: valuesOf(words),
  given: (ground) => [
    ingress(ground, [
      { host: `bar.${ground.host}`, paths: [prefix('/known', 'hit')] },
      { host: `*.${ground.host}`, paths: [prefix('/lost', 'other')] },
    ]),
  ],
  async run(kit) {
    const { host } = kit.ground;
    await kit.converge([
      { host: `bar.${host}`, path: '/known', servedBy: 'hit' },
      { host: `baz.${host}`, path: '/lost', servedBy: 'other' },
    ]);
    return observe(kit, { host: `bar.${host}`, path: '/lost' }, words);
  },
});
