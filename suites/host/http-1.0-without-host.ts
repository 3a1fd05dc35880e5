import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { observe, valuesOf } from '../../src/kit/observe.ts';
import { rfc } from '../../src/kit/requirement.ts';

const words = { hit: 'goes where any host goes', 404: 'not found', 400: 'refused' };
const path = '/http-1.0-without-host';

export default defineCheck({
  id: 'host/http-1.0-without-host',
  title: 'whether a request of HTTP/1.0, which need not have a Host, goes where those for an unknown host go',
  level: 'observation',
  requirement: rfc(
    '9112, 3.3',
    'If there is no Host header field or if its field value is empty or invalid, the target URI’s authority component is empty.',
  ),
  values: valuesOf(words),
  // A rule for any host stands for the default back-end, which takes no turn of its own then.
  given: (ground) => [ingress(ground, [{ paths: [prefix(path, 'hit')] }])],
  async run(kit) {
    await kit.converge({ path, servedBy: 'hit' });
    return observe(kit, { version: '1.0', host: undefined, path }, words);
  },
});
