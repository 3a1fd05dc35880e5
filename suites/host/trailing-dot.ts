import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { observe, valuesOf } from '../../src/kit/observe.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

const words = { hit: 'taken by its rule', 404: 'taken by no rule', 400: 'refused' };

export default defineCheck({
  id: 'host/trailing-dot',
  title: 'what becomes of a request for foo.com. with the dot at its end',
  level: 'observation',
  requirement: ingressApi(
    'host can be “precise” which is a domain name without the terminating dot of a network host.',
  ),
  values: valuesOf(words),
  given: (ground) => [ingress(ground, [prefix('/', 'hit')])],
  async run(kit) {
    await kit.converge({ servedBy: 'hit' });
    return observe(kit, { host: `${kit.ground.host}.` }, words);
  },
});
