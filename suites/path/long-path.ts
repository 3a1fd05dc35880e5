import { ask, changing, seenOf, thrice } from '../../src/kit/ask.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { rfc } from '../../src/kit/requirement.ts';

/** A request-line of 8 KiB is what every server should take; beyond 32 KiB nobody asks. */
const sizesKib = [4, 8, 16, 32] as const;
const longest = (kib: number): string => `up to ${kib} KiB`;
const none = `not even ${sizesKib[0]} KiB`;

export default defineCheck({
  id: 'path/long-path',
  title: 'How long a path may be: 4, 8, 16 or 32 KiB',
  level: 'observation',
  requirement: rfc(
    '9112, 3',
    'It is RECOMMENDED that all HTTP senders and recipients support, at a minimum, request-line lengths of 8000 octets.',
  ),
  values: [none, ...sizesKib.map(longest), changing],
  given: (ground) => [ingress(ground, [prefix('/', 'hit')])],
  async run(kit) {
    await kit.converge({ servedBy: 'hit' }, { faultRate: 0.5 });
    const value = await thrice(async () => {
      let value = none;
      for (const kib of sizesKib) {
        const path = `/${'a'.repeat(kib * 1024)}`;
        const { outcome } = await ask(kit, { path });
        const servedBy = outcome.kind === 'answered' ? outcome.servedBy : undefined;
        const isWhole = servedBy?.backend === 'hit' && servedBy.headBytes > path.length;
        kit.record(`${kib} KiB`, seenOf(outcome));
        if (!isWhole) break;
        value = longest(kib);
      }
      return value;
    });
    return { value };
  },
});
