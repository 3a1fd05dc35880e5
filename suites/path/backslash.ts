import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/backslash',
  title: 'What becomes of a backslash: /foo\\bar beside a rule for /foo/bar',
  requirement: rfc(
    '3986, 2',
    'A URI is composed from a limited set of characters consisting of digits, letters, and a few graphic symbols.',
  ),
  ...oddPath({ sent: '/foo\\bar', normal: '/foo/bar', route: '/foo/bar' }),
});
