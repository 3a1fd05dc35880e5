import { ask, changing, isHit, thrice } from '../../src/kit/ask.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { implementationSpecific, ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

const asked = ['/foo/', '/foo/bar', '/foobar'] as const;
/** What taking these of them, and /foo, amounts to. */
const readings: Readonly<Record<string, string>> = {
  '': 'Exact',
  '/foo/': 'Exact, with a slash or without',
  '/foo/ /foo/bar': 'Prefix',
  '/foo/ /foo/bar /foobar': 'a prefix letter by letter',
};
const other = 'something else';

export default defineCheck({
  id: 'path/implementation-specific-reads-as',
  title: 'What ImplementationSpecific /foo is read as: who takes /foo/, /foo/bar and /foobar',
  level: 'observation',
  requirement: ingressApi(
    'ImplementationSpecific: Implementations can treat this as a separate PathType or treat it identically to Prefix or Exact path types.',
  ),
  values: [...Object.values(readings), other, changing],
  given: (ground) => [ingress(ground, [implementationSpecific('/foo', 'hit'), prefix('/', 'miss')])],
  async run(kit) {
    await kit.converge([{ path: '/foo', servedBy: 'hit' }, { servedBy: 'miss' }], { faultRate: 0.5 });
    const value = await thrice(async () => {
      const taken: string[] = [];
      for (const path of asked) {
        if (isHit((await ask(kit, { path })).outcome)) taken.push(path);
      }
      kit.record('taken', taken);
      return readings[taken.join(' ')] ?? other;
    });
    return { value };
  },
});
