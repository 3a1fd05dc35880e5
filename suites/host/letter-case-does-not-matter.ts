import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'host/letter-case-does-not-matter',
  title: 'FOO.com and foo.COM are foo.com, for a precise host and for a wildcard',
  level: 'convention',
  requirement: rfc('9110, 4.2.3', 'The scheme and host are case-insensitive and normally provided in lowercase.'),
  given: (ground) => [
    ingress(ground, [
      { host: ground.host, paths: [prefix('/', 'hit')] },
      { host: `*.${ground.host}`, paths: [prefix('/', 'other')] },
    ]),
  ],
  expect: ({ host }) => [
    { host: host.toUpperCase(), servedBy: 'hit' },
    { host: host.replace(/^./, (first) => first.toUpperCase()), servedBy: 'hit' },
    { host: `BAR.${host}`, servedBy: 'other' },
    { host: `bar.${host.toUpperCase()}`, servedBy: 'other' },
  ],
});
