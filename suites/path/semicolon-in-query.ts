import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { unmodifiedTarget } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/semicolon-in-query',
  title: 'What becomes of a semicolon in the query, which some read as a separator: /foo?a=1;b=2',
  requirement: unmodifiedTarget,
  ...oddPath({ sent: '/foo?a=1;b=2', normal: '/foo?a=1&b=2' }),
});
