import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/double-slash',
  title: 'What becomes of an empty segment: /foo//bar beside a rule for /foo/bar',
  requirement: rfc(
    '3986, 3.3',
    'A path consists of a sequence of path segments separated by a slash ("/") character. segment = *pchar',
  ),
  ...oddPath({ sent: '/foo//bar', normal: '/foo/bar', route: '/foo/bar' }),
});
