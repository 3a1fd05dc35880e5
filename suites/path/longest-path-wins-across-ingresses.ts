import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { usage } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/longest-path-wins-across-ingresses',
  title: 'The longest path wins where it stands in another Ingress for the same host, older or younger',
  level: 'convention',
  requirement: usage('ingress/pathtype_mixed.go', 'mix Exact and Prefix paths: should choose the correct location'),
  given: (ground) => {
    const host = (name: string) => `${name}.${ground.host}`;
    const short = (name: string) => [{ host: host(name), paths: [prefix('/', 'miss'), prefix('/aaa', 'other')] }];
    const long = (name: string) => [{ host: host(name), paths: [prefix('/aaa/bbb', 'hit')] }];
    return [
      ingress(ground, short('short-first'), { name: 'short-first-a' }),
      ingress(ground, long('short-first'), { name: 'short-first-b' }),
      ingress(ground, long('long-first'), { name: 'long-first-a' }),
      ingress(ground, short('long-first'), { name: 'long-first-b' }),
    ];
  },
  expect: (ground) =>
    ['short-first', 'long-first'].flatMap((name) => {
      const host = `${name}.${ground.host}`;
      return [
        { host, path: '/aaa/bbb', servedBy: 'hit' },
        { host, path: '/aaa/bbb/ccc', servedBy: 'hit' },
        { host, path: '/aaa/ccc', servedBy: 'other' },
        { host, path: '/ccc', servedBy: 'miss' },
      ];
    }),
});
