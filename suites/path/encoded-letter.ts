import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/encoded-letter',
  title: 'What becomes of %41: /foo/%41 beside a rule for /foo/A',
  requirement: rfc(
    '3986, 6.2.2.2',
    'These URIs should be normalized by decoding any percent-encoded octet that corresponds to an unreserved character.',
  ),
  ...oddPath({ sent: '/foo/%41', normal: '/foo/A', route: '/foo/A' }),
});
