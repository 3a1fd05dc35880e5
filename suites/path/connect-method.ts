import { ask, changing, seenOf, thrice } from '../../src/kit/ask.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { refusalOf, refusals } from '../../src/kit/refusal.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/connect-method',
  title: 'What becomes of CONNECT host:80: refused, passed on to a back-end, or a tunnel',
  level: 'observation',
  requirement: rfc(
    '9110, 9.3.6',
    'An origin server MAY accept a CONNECT request, but most origin servers do not implement CONNECT.',
  ),
  values: [...refusals, 'passed on', 'tunnelled', changing],
  given: (ground) => [ingress(ground, [prefix('/', 'hit')])],
  async run(kit) {
    await kit.converge({ servedBy: 'hit' }, { faultRate: 0.5 });
    const value = await thrice(async () => {
      const { outcome } = await ask(kit, { method: 'CONNECT', path: `${kit.ground.host}:80` });
      kit.record('answer', seenOf(outcome));
      const isPassedOn = outcome.kind === 'answered' && outcome.servedBy !== undefined;
      return refusalOf(outcome) ?? (isPassedOn ? 'passed on' : 'tunnelled');
    });
    return { value };
  },
});
