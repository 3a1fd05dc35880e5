import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/semicolon',
  title: 'What becomes of a path parameter: /foo;v=1/bar beside a rule for /foo/bar',
  requirement: rfc(
    '3986, 3.3',
    'The semicolon (";") and equals ("=") reserved characters are often used to delimit parameters and parameter values applicable to that segment.',
  ),
  ...oddPath({ sent: '/foo;v=1/bar', normal: '/foo/bar', route: '/foo/bar' }),
});
