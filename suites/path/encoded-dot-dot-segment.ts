import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/encoded-dot-dot-segment',
  title: 'What becomes of /%2e%2e/: /foo/%2e%2e/bar beside a rule for /bar',
  requirement: rfc(
    '3986, 6.2.2.3',
    'URI normalizers should remove dot-segments by applying the remove_dot_segments algorithm to the path.',
  ),
  ...oddPath({ sent: '/foo/%2e%2e/bar', normal: '/bar', route: '/bar' }),
});
