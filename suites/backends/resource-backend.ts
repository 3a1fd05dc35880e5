import { defineCheck, type Observation } from '../../src/kit/check.ts';
import { ingress } from '../../src/kit/ingress.ts';
import { observe, valuesOf } from '../../src/kit/observe.ts';
import { ingressApi } from '../../src/kit/requirement.ts';
import { AssayError } from '../../src/model/errors.ts';

const words = { hit: 'served', miss: 'served', other: 'served', 404: '404', '5xx': '5xx' };
const refused = 'refused by admission';

export default defineCheck({
  id: 'backends/resource-backend',
  title: 'a back-end that is a resource and no Service',
  level: 'observation',
  requirement: ingressApi(
    'resource is an ObjectRef to another Kubernetes resource in the namespace of the Ingress object.',
  ),
  values: [...valuesOf(words), refused],
  exclusive: 'a resource as back-end',
  async run(kit): Promise<Observation> {
    const resource = { apiGroup: 'assay.example', kind: 'Bucket', name: 'icons' };
    const route = ingress(kit.ground, [{ path: '/', pathType: 'Prefix', backend: { resource } }]);
    const { apiVersion, kind, metadata } = route;
    try {
      await kit.kube.apply([route]);
      await kit.caughtUp();
      return await observe(kit, {}, words);
    } catch (thrown) {
      if (!(thrown instanceof AssayError) || !/admission webhook .* denied/s.test(thrown.message)) throw thrown;
      return { value: refused };
    } finally {
      await kit.kube.remove([{ apiVersion, kind, name: metadata.name, namespace: kit.namespace }]);
    }
  },
});
