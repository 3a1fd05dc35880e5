import { defineCheck } from '../../src/kit/check.ts';
import { type IngressRule, ingress, prefix } from '../../src/kit/ingress.ts';
import { mostSpecificHostFirst } from '../../src/kit/requirement.ts';

// A controller that goes by length has a tie here, and chance may break it for each name anew: of twelve it gets some wrong.
const labels = [...'abcdefghijkl'];

export default defineCheck({
  id: 'host/short-host-beats-wildcard',
  title: `m.foo.com, no longer than *.foo.com, beats it all the same: ${labels.length} pairs`,
  level: 'convention',
  requirement: mostSpecificHostFirst,
  given: (ground) => [
    ingress(
      ground,
      labels.flatMap((label, index) => {
        const precise: IngressRule = { host: `m.${label}.${ground.host}`, paths: [prefix('/', 'hit')] };
        const wildcard: IngressRule = { host: `*.${label}.${ground.host}`, paths: [prefix('/', 'miss')] };
        return index % 2 === 0 ? [wildcard, precise] : [precise, wildcard];
      }),
    ),
  ],
  faultRate: 0.5,
  expect: ({ host }) => labels.map((label) => ({ host: `m.${label}.${host}`, servedBy: 'hit' })),
});
