import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { unmodifiedTarget } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/encoded-space',
  title: 'What becomes of %20: /foo%20bar',
  requirement: unmodifiedTarget,
  ...oddPath({ sent: '/foo%20bar', normal: '/foo+bar' }),
});
