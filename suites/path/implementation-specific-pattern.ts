import { ask, changing, isHit, seenOf, thrice } from '../../src/kit/ask.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { implementationSpecific, ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';
import { withObjects } from '../../src/kit/with-objects.ts';

const pattern = '/item[0-9]+/(a|b)';

export default defineCheck({
  id: 'path/implementation-specific-pattern',
  title: 'Whether a regular expression as ImplementationSpecific path is one',
  level: 'observation',
  requirement: ingressApi(
    'ImplementationSpecific: Interpretation of the Path matching is up to the IngressClass. Implementations can treat this as a separate PathType or treat it identically to Prefix or Exact path types.',
  ),
  values: ['a regular expression', 'mere text', 'neither', changing],
  risky: true, // a pattern may keep a controller from taking any configuration
  run: (kit) =>
    withObjects(
      kit,
      [ingress(kit.ground, [implementationSpecific(pattern, 'hit'), prefix('/plain', 'miss')])],
      async (settleMs) => {
        await kit.converge({ path: '/plain', servedBy: 'miss' }, { settleMs, faultRate: 0.5 });
        const value = await thrice(async () => {
          const isTaken = async (path: string) => {
            const { outcome } = await ask(kit, { path });
            kit.record(path, seenOf(outcome));
            return isHit(outcome);
          };
          if (await isTaken('/item42/a')) return 'a regular expression';
          return (await isTaken(pattern)) ? 'mere text' : 'neither';
        });
        return { value };
      },
    ),
});
