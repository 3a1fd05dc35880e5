import { defineCheck } from '../../src/kit/check.ts';
import { implementationSpecific, ingress, prefix } from '../../src/kit/ingress.ts';
import { observe, valuesOf } from '../../src/kit/observe.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

const words = { hit: 'case does not matter', miss: 'case matters' };

export default defineCheck({
  id: 'path/implementation-specific-case',
  title: 'Whether ImplementationSpecific /foo takes /FOO',
  level: 'observation',
  requirement: ingressApi('ImplementationSpecific: Interpretation of the Path matching is up to the IngressClass.'),
  values: valuesOf(words),
  given: (ground) => [ingress(ground, [implementationSpecific('/foo', 'hit'), prefix('/', 'miss')])],
  async run(kit) {
    await kit.converge([{ path: '/foo', servedBy: 'hit' }, { servedBy: 'miss' }], { faultRate: 0.5 });
    return observe(kit, { path: '/FOO' }, words);
  },
});
