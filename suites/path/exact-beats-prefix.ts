import { defineCheck } from '../../src/kit/check.ts';
import { exact, ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressDocs } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/exact-beats-prefix',
  title: 'Of two equal paths the Exact one wins, whichever comes first',
  level: 'spec',
  requirement: ingressDocs(
    'multiple-matches',
    'If two paths are still equally matched, precedence will be given to paths with an exact path type over prefix path type.',
  ),
  given: (ground) => [
    ingress(ground, [
      { host: `exact-first.${ground.host}`, paths: [exact('/foo', 'hit'), prefix('/foo', 'miss')] },
      { host: `prefix-first.${ground.host}`, paths: [prefix('/foo', 'miss'), exact('/foo', 'hit')] },
      { host: `root.${ground.host}`, paths: [prefix('/', 'miss'), exact('/', 'hit')] },
    ]),
  ],
  expect: ({ host }) => [
    { host: `exact-first.${host}`, path: '/foo', servedBy: 'hit' },
    { host: `exact-first.${host}`, path: '/foo/bar', servedBy: 'miss' },
    { host: `prefix-first.${host}`, path: '/foo', servedBy: 'hit' },
    { host: `prefix-first.${host}`, path: '/foo/bar', servedBy: 'miss' },
    { host: `root.${host}`, path: '/', servedBy: 'hit' },
    { host: `root.${host}`, path: '/foo', servedBy: 'miss' },
  ],
});
