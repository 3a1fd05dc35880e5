import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/encoded-slash',
  title: 'What becomes of %2F: /foo%2Fbar beside a rule for /foo/bar',
  requirement: rfc(
    '3986, 2.2',
    'URIs that differ in the replacement of a reserved character with its corresponding percent-encoded octet are not equivalent.',
  ),
  ...oddPath({ sent: '/foo%2Fbar', normal: '/foo/bar', route: '/foo/bar' }),
});
