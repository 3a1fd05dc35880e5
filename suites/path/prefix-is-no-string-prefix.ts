import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { pathExamples } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/prefix-is-no-string-prefix',
  title: 'Prefix /aaa/bb does not take /aaa/bbb, nor /aaa/bbb /aaa/bbbxyz: the last element counts as a whole too',
  level: 'spec',
  requirement: pathExamples(
    'Prefix /aaa/bb, request path /aaa/bbb: No. Prefix /aaa/bbb, request path /aaa/bbbxyz: No, does not match string prefix.',
  ),
  given: (ground) => [ingress(ground, [prefix('/aaa/bb', 'hit'), prefix('/ccc/bbb', 'other'), prefix('/', 'miss')])],
  expect: [
    { path: '/aaa/bb', servedBy: 'hit' },
    { path: '/aaa/bbb', servedBy: 'miss' },
    { path: '/ccc/bbb', servedBy: 'other' },
    { path: '/ccc/bbbxyz', servedBy: 'miss' },
  ],
});
