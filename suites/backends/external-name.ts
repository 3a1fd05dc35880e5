import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { observe, valuesOf } from '../../src/kit/observe.ts';
import { serviceDocs } from '../../src/kit/requirement.ts';
import { withObjects } from '../../src/kit/with-objects.ts';

const words = { hit: 'served', 404: '404', '5xx': '5xx' };

export default defineCheck({
  id: 'backends/external-name',
  title: 'a Service that is but another name (ExternalName), which leads to a back-end of ours',
  level: 'observation',
  requirement: serviceDocs(
    'concepts/services-networking/service/#externalname',
    'Services of type ExternalName map a Service to a DNS name, not to a typical selector such as my-service or cassandra.',
  ),
  values: valuesOf(words),
  risky: true,
  async run(kit) {
    const { name } = kit.ground;
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: kit.namespace },
      spec: {
        type: 'ExternalName',
        externalName: `hit.${kit.namespace}.svc.cluster.local`,
        ports: [{ name: 'http', port: 80 }],
      },
    };
    const route = ingress(kit.ground, [prefix('/', name)]);
    return withObjects(kit, [service, route], () => observe(kit, {}, words));
  },
});
