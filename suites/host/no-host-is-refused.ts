import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'host/no-host-is-refused',
  title: 'a request of HTTP/1.1 without Host gets 400, even where a rule takes any host',
  level: 'convention',
  requirement: rfc(
    '9112, 3.2',
    'A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks a Host header field and to any request message that contains more than one Host header field line or a Host header field with an invalid field value.',
  ),
  given: (ground) => [ingress(ground, [{ paths: [prefix('/no-host-is-refused', 'hit')] }])],
  expect: [
    { path: '/no-host-is-refused', servedBy: 'hit' },
    { host: null, path: '/no-host-is-refused', status: 400 },
    { host: null, status: 400 },
  ],
});
