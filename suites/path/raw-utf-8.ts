import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/raw-utf-8',
  title: 'What becomes of UTF-8 without escapes: /café, byte for byte',
  requirement: rfc(
    '9112, 3.2',
    'Recipients of an invalid request-line SHOULD respond with either a 400 (Bad Request) error or a 301 (Moved Permanently) redirect with the request-target properly encoded.',
  ),
  ...oddPath({ sent: '/caf\xc3\xa9' }),
});
