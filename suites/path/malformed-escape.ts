import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/malformed-escape',
  title: 'What becomes of escapes that are none: /foo%zz and /foo%',
  requirement: rfc(
    '3986, 2.1',
    'A percent-encoded octet is encoded as a character triplet, consisting of the percent character "%" followed by the two hexadecimal digits representing that octet’s numeric value.',
  ),
  ...oddPath({ sent: '/foo%zz' }, { sent: '/foo%' }),
});
