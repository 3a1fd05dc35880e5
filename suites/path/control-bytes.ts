import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/control-bytes',
  title: 'What becomes of control bytes: NUL, SOH, tab and DEL in a path',
  requirement: rfc(
    '9112, 3.2',
    'Recipients of an invalid request-line SHOULD respond with either a 400 (Bad Request) error or a 301 (Moved Permanently) redirect with the request-target properly encoded.',
  ),
  ...oddPath({ sent: '/foo\0' }, { sent: '/foo\x01' }, { sent: '/foo\t' }, { sent: '/foo\x7f' }),
});
