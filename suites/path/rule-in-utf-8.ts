import { ask, changing, isHit, seenOf, thrice } from '../../src/kit/ask.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';
import { withObjects } from '../../src/kit/with-objects.ts';

/** The ways to ask for `/café`. */
const spellings = { escapes: '/caf%C3%A9', bytes: '/caf\xc3\xa9' };

export default defineCheck({
  id: 'path/rule-in-utf-8',
  title: 'Which requests a rule for /café takes: those with escapes, those with bare bytes',
  level: 'observation',
  requirement: ingressApi(
    'path is matched against the path of an incoming request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.',
  ),
  values: ['escapes', 'bytes', 'escapes and bytes', 'none', changing],
  risky: true, // a path that is not ASCII may keep a controller from taking any configuration
  run: (kit) =>
    withObjects(kit, [ingress(kit.ground, [prefix('/café', 'hit'), prefix('/plain', 'miss')])], async (settleMs) => {
      await kit.converge({ path: '/plain', servedBy: 'miss' }, { settleMs, faultRate: 0.5 });
      const value = await thrice(async () => {
        const taken: string[] = [];
        for (const [name, path] of Object.entries(spellings)) {
          const { outcome } = await ask(kit, { path });
          kit.record(name, seenOf(outcome));
          if (isHit(outcome)) taken.push(name);
        }
        return taken.join(' and ') || 'none';
      });
      return { value };
    }),
});
