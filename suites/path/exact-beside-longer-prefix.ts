import { ask, changing, seenOf, thrice } from '../../src/kit/ask.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { exact, ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressDocs } from '../../src/kit/requirement.ts';

/** By the back-end that answers. */
const winners: Readonly<Record<string, string>> = { hit: 'Exact', miss: 'Prefix' };
const neither = 'neither';

export default defineCheck({
  id: 'path/exact-beside-longer-prefix',
  title: 'Who takes /foo where Exact /foo and Prefix /foo/ stand: the exact one, or the one longer by a slash',
  level: 'observation',
  requirement: ingressDocs(
    'multiple-matches',
    'Precedence will be given first to the longest matching path. If two paths are still equally matched, precedence will be given to paths with an exact path type over prefix path type.',
  ),
  values: [...Object.values(winners), neither, changing],
  given: (ground) => [ingress(ground, [exact('/foo', 'hit'), prefix('/foo/', 'miss')])],
  async run(kit) {
    await kit.converge({ path: '/foo/bar', servedBy: 'miss' }, { faultRate: 0.5 });
    const value = await thrice(async () => {
      const { outcome } = await ask(kit, { path: '/foo' });
      kit.record('/foo', seenOf(outcome));
      return winners[(outcome.kind === 'answered' && outcome.servedBy?.backend) || ''] ?? neither;
    });
    return { value };
  },
});
