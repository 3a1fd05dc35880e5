import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/lower-case-escapes',
  title: 'What becomes of escapes in lower case: /%c3%a9',
  requirement: rfc(
    '3986, 6.2.2.1',
    'For all URIs, the hexadecimal digits within a percent-encoding triplet (e.g., "%3a" versus "%3A") are case-insensitive and therefore should be normalized to use uppercase letters for the digits A-F.',
  ),
  ...oddPath({ sent: '/%c3%a9', normal: '/%C3%A9' }),
});
