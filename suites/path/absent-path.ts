import { ask, changing, isHit, seenOf, thrice } from '../../src/kit/ask.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix, service } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

/** By whether it takes `/` and `/foo/bar`. */
const readings: Readonly<Record<string, string>> = {
  'true true': 'every path',
  'true false': 'only /',
  'false false': 'none',
};
const other = 'something else';

export default defineCheck({
  id: 'path/absent-path',
  title: 'What a rule of type ImplementationSpecific takes that names no path',
  level: 'observation',
  requirement: ingressApi(
    'Paths must begin with a ‘/’ and must be present when using PathType with value "Exact" or "Prefix".',
  ),
  values: [...Object.values(readings), other, changing],
  given: (ground) => [
    ingress(ground, [{ pathType: 'ImplementationSpecific', backend: service('hit') }]),
    ingress(ground, [{ host: `plain.${ground.host}`, paths: [prefix('/', 'miss')] }], { name: 'plain' }),
  ],
  async run(kit) {
    await kit.converge({ host: `plain.${kit.ground.host}`, servedBy: 'miss' }, { faultRate: 0.5 });
    const value = await thrice(async () => {
      const taken: boolean[] = [];
      for (const path of ['/', '/foo/bar']) {
        const { outcome } = await ask(kit, { path });
        kit.record(path, seenOf(outcome));
        taken.push(isHit(outcome));
      }
      return readings[taken.join(' ')] ?? other;
    });
    return { value };
  },
});
