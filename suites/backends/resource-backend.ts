import { isDenied } from '../../src/kit/admission.ts';
import { defineCheck, type Observation } from '../../src/kit/check.ts';
import { ingress } from '../../src/kit/ingress.ts';
import { observe, valuesOf } from '../../src/kit/observe.ts';
import { ingressApi } from '../../src/kit/requirement.ts';
import { withObjects } from '../../src/kit/with-objects.ts';

const elsewhere = 'served by something else';
const words = { hit: elsewhere, miss: elsewhere, other: elsewhere, 404: '404', '5xx': '5xx' };
const refused = 'refused by admission';

export default defineCheck({
  id: 'backends/resource-backend',
  title: 'a back-end that is a resource and no Service',
  level: 'observation',
  requirement: ingressApi(
    'resource is an ObjectRef to another Kubernetes resource in the namespace of the Ingress object.',
  ),
  values: [...valuesOf(words), refused],
  risky: true,
  async run(kit): Promise<Observation> {
    const resource = { apiGroup: 'assay.example', kind: 'Bucket', name: 'icons' };
    const route = ingress(kit.ground, [{ path: '/', pathType: 'Prefix', backend: { resource } }]);
    try {
      return await withObjects(kit, [route], () => observe(kit, {}, words));
    } catch (thrown) {
      if (!isDenied(thrown)) throw thrown;
      return { value: refused };
    }
  },
});
