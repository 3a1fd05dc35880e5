import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix, service } from '../../src/kit/ingress.ts';
import { observe, valuesOf, type Words } from '../../src/kit/observe.ts';
import { withObjects } from '../../src/kit/with-objects.ts';

const words = { miss: 'to the default back-end', 404: 'nowhere' };
const values = {
  'to the default back-end, to the default back-end': 'all traffic goes to the default back-end',
  'to the default back-end, nowhere': 'its host goes to the default back-end',
  'nowhere, nowhere': 'nothing goes to the default back-end',
};

export default defineCheck({
  id: 'host/rule-without-http',
  title: 'what a rule with a host and without http sends to the default back-end of its Ingress',
  level: 'observation',
  requirement: {
    source: 'https://pkg.go.dev/k8s.io/api/networking/v1#IngressRule',
    text: 'If unspecified, the rule defaults to a http catch-all. Whether that sends just traffic matching the host to the default backend or all traffic to the default backend, is left to the controller fulfilling the Ingress.',
  },
  values: valuesOf(values),
  exclusive: 'the default back-end',
  async run(kit) {
    const { ground } = kit;
    const rules = [{ host: `bare.${ground.host}` }, { host: ground.host, paths: [prefix('/', 'hit')] }];
    const both = await withObjects(kit, [ingress(ground, rules, { defaultBackend: service('miss') })], async () => {
      await kit.converge({ servedBy: 'hit' });
      const own = await observe(kit, { host: `bare.${ground.host}` }, words, 'its host');
      const any = await observe(kit, { host: `unknown.${ground.host}` }, words, 'any host');
      return `${own.value}, ${any.value}`;
    });
    return { value: (values as Words)[both] ?? 'otherwise' };
  },
});
