import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { mostSpecificHostFirst } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'host/precise-host-beats-wildcard',
  title: 'bar.foo.com beats *.foo.com for requests to bar.foo.com, whatever the order in the manifest',
  level: 'convention',
  requirement: mostSpecificHostFirst,
  given: (ground) => [
    ingress(ground, [
      { host: `*.${ground.host}`, paths: [prefix('/', 'miss')] },
      { host: `bar.${ground.host}`, paths: [prefix('/', 'hit')] },
      { host: `bar.below.${ground.host}`, paths: [prefix('/', 'hit')] },
      { host: `*.below.${ground.host}`, paths: [prefix('/', 'miss')] },
    ]),
  ],
  expect: ({ host }) => [
    { host: `bar.${host}`, servedBy: 'hit' },
    { host: `baz.${host}`, servedBy: 'miss' },
    { host: `bar.below.${host}`, servedBy: 'hit' },
    { host: `baz.below.${host}`, servedBy: 'miss' },
  ],
});
