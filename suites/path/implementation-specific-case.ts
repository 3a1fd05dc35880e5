import { ask, changing, isHit, seenOf, thrice } from '../../src/kit/ask.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { implementationSpecific, ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/implementation-specific-case',
  title: 'Whether ImplementationSpecific /foo takes /FOO',
  level: 'observation',
  requirement: ingressApi('ImplementationSpecific: Interpretation of the Path matching is up to the IngressClass.'),
  values: ['case matters', 'case does not matter', changing],
  given: (ground) => [ingress(ground, [implementationSpecific('/foo', 'hit'), prefix('/', 'miss')])],
  async run(kit) {
    await kit.converge([{ path: '/foo', servedBy: 'hit' }, { servedBy: 'miss' }], { faultRate: 0.5 });
    const value = await thrice(async () => {
      const { outcome } = await ask(kit, { path: '/FOO' });
      kit.record('/FOO', seenOf(outcome));
      return isHit(outcome) ? 'case does not matter' : 'case matters';
    });
    return { value };
  },
});
