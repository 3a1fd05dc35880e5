import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/leading-double-slash',
  title: 'What becomes of an empty first segment: //foo/bar beside a rule for /foo',
  requirement: rfc(
    '9112, 3.2.1',
    'origin-form = absolute-path [ "?" query ], absolute-path = 1*( "/" segment ), segment = *pchar',
  ),
  ...oddPath({ sent: '//foo/bar', normal: '/foo/bar', route: '/foo' }),
});
