import { defineCheck } from '../../src/kit/check.ts';
import { ingress, service } from '../../src/kit/ingress.ts';
import { observe, valuesOf } from '../../src/kit/observe.ts';
import { ingressApi } from '../../src/kit/requirement.ts';
import { withObjects } from '../../src/kit/with-objects.ts';

const words = { miss: 'the first', other: 'the second', 404: 'neither' };
// Which one is in the evidence: it may differ each time a controller reads its configuration.
const oneOfThem = 'one of them';

export default defineCheck({
  id: 'default-back-end/two-of-them',
  title: 'which of two Ingresses with a defaultBackend takes what no rule takes',
  level: 'observation',
  requirement: ingressApi('defaultBackend is the backend that should handle requests that don’t match any rule.'),
  values: [oneOfThem, ...valuesOf({ 404: words[404] })],
  exclusive: 'the default back-end',
  async run(kit) {
    const to = (name: string) => ingress(kit.ground, [], { name, defaultBackend: service(name) });
    const { value } = await withObjects(kit, [to('miss'), to('other')], () => observe(kit, {}, words));
    return { value: value === words.miss || value === words.other ? oneOfThem : value };
  },
});
