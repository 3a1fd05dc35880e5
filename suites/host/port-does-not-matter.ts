import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'host/port-does-not-matter',
  title: 'foo.com takes foo.com:30000, as clients say through a NodePort; a wildcard too',
  level: 'convention',
  requirement: ingressApi('The `:` delimiter is not respected because ports are not allowed.'),
  given: (ground) => [
    ingress(ground, [
      { host: ground.host, paths: [prefix('/', 'hit')] },
      { host: `*.${ground.host}`, paths: [prefix('/', 'other')] },
    ]),
  ],
  expect: ({ host }) => [
    { host: `${host}:80`, servedBy: 'hit' },
    { host: `${host}:30000`, servedBy: 'hit' },
    { host: `bar.${host}:30000`, servedBy: 'other' },
  ],
});
