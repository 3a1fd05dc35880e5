import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { mostSpecificHostFirst } from '../../src/kit/requirement.ts';

const path = '/precise-host-beats-longer-path';

export default defineCheck({
  id: 'host/precise-host-beats-longer-path',
  title: 'the path / of bar.foo.com beats a longer path of *.foo.com, and of a rule without host',
  level: 'convention',
  requirement: mostSpecificHostFirst,
  given: (ground) => [
    ingress(ground, [
      { host: `bar.${ground.host}`, paths: [prefix('/', 'hit')] },
      { host: `*.${ground.host}`, paths: [prefix('/longer', 'miss')] },
      { paths: [prefix(path, 'other')] },
    ]),
  ],
  expect: ({ host }) => [
    { host: `bar.${host}`, path: '/longer', servedBy: 'hit' },
    { host: `baz.${host}`, path: '/longer', servedBy: 'miss' },
    { host: `bar.${host}`, path, servedBy: 'hit' },
    { host: `baz.bar.${host}`, path, servedBy: 'other' },
  ],
});
