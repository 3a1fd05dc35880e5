import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { unmodifiedTarget } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/encoded-utf-8',
  title: 'What becomes of UTF-8 in escapes: /caf%C3%A9',
  requirement: unmodifiedTarget,
  ...oddPath({ sent: '/caf%C3%A9', normal: '/caf\xc3\xa9' }),
});
