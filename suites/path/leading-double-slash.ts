import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/leading-double-slash',
  title: 'What becomes of an empty first segment: //foo/bar beside a rule for /foo',
  requirement: rfc(
    '9110, 4.1',
    'An "absolute-path" rule is defined for protocol elements that can contain a non-empty path component. (This rule differs slightly from the path-abempty rule of RFC 3986, which allows for an empty path, and path-absolute rule, which does not allow paths that begin with "//".)',
  ),
  ...oddPath({ sent: '//foo/bar', normal: '/foo/bar', route: '/foo' }),
});
