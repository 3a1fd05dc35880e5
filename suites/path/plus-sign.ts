import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { unmodifiedTarget } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/plus-sign',
  title: 'What becomes of a plus sign: /foo+bar',
  requirement: unmodifiedTarget,
  ...oddPath({ sent: '/foo+bar', normal: '/foo%20bar' }),
});
