import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { unmodifiedTarget } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/trailing-double-slash',
  title: 'What becomes of an empty last segment: /foo//',
  requirement: unmodifiedTarget,
  ...oddPath({ sent: '/foo//', normal: '/foo/' }),
});
