import { defineCheck } from '../../src/kit/check.ts';
import { oddPath } from '../../src/kit/odd-path.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/options-asterisk',
  title: 'What becomes of OPTIONS *',
  requirement: rfc(
    '9112, 3.2.4',
    'The "asterisk-form" of request-target is only used for a server-wide OPTIONS request.',
  ),
  ...oddPath({ sent: '*', normal: '/', method: 'OPTIONS' }),
});
