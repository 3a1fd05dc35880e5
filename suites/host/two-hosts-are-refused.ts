import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'host/two-hosts-are-refused',
  title: 'a request with two Host headers gets 400, even where they agree',
  level: 'convention',
  requirement: rfc(
    '9112, 3.2',
    'A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks a Host header field and to any request message that contains more than one Host header field line or a Host header field with an invalid field value.',
  ),
  given: (ground) => [ingress(ground, [prefix('/', 'hit')])],
  expect: ({ host }) => [
    { servedBy: 'hit' },
    { headers: [['Host', 'elsewhere.example']], status: 400 },
    { headers: [['Host', host]], status: 400 },
  ],
});
