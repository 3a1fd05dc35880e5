import { defineCheck } from '../../src/kit/check.ts';
import { exact, type IngressPath, ingress, prefix } from '../../src/kit/ingress.ts';
import { usage } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/exact-beats-prefix-across-ingresses',
  title: 'The Exact one of two equal paths wins where it stands in another Ingress for the same host',
  level: 'convention',
  requirement: usage('ingress/pathtype_exact.go', 'should choose exact location for /exact'),
  given: (ground) => {
    const rule = (name: string, paths: readonly IngressPath[]) => [{ host: `${name}.${ground.host}`, paths }];
    return [
      ingress(ground, rule('exact-first', [exact('/foo', 'hit')]), { name: 'exact-first-a' }),
      ingress(ground, rule('exact-first', [prefix('/foo', 'miss')]), { name: 'exact-first-b' }),
      ingress(ground, rule('prefix-first', [prefix('/foo', 'miss')]), { name: 'prefix-first-a' }),
      ingress(ground, rule('prefix-first', [exact('/foo', 'hit')]), { name: 'prefix-first-b' }),
    ];
  },
  expect: ({ host }) =>
    ['exact-first', 'prefix-first'].flatMap((name) => [
      { host: `${name}.${host}`, path: '/foo', servedBy: 'hit' },
      { host: `${name}.${host}`, path: '/foo/bar', servedBy: 'miss' },
    ]),
});
