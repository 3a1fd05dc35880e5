import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/empty-query',
  title: 'What becomes of a query that is there and empty: /foo?',
  requirement: rfc(
    '3986, 6.2.3',
    'Normalization should not remove delimiters when their associated component is empty unless licensed to do so by the scheme specification.',
  ),
  ...oddPath({ sent: '/foo?', normal: '/foo' }),
});
