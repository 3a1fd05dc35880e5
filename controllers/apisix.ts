import { chartController, ingressClassManifest, release } from '../src/kit/chart-controller.ts';
import { defineController } from '../src/model/controller.ts';

const name = 'apisix.apache.org/apisix-ingress-controller';

const charted = chartController({
  name: 'apisix',
  title: 'Apache APISIX Ingress Controller',
  version: 'chart 2.11.6',
  homepage: 'https://apisix.apache.org/docs/ingress-controller/',
  repository: 'https://apache.github.io/apisix-helm-chart',
  chart: 'apisix',
  chartVersion: '2.11.6',
  ingressClass: 'apisix',
  controller: () => name,
  ports: { http: 9080, https: 9443, status: 7085 },
  // As its documentation has it without etcd: the controller hands the gateway its routes over the Admin API.
  values: ({ namespace, ingressClass }) => ({
    etcd: { enabled: false },
    service: { type: 'ClusterIP' },
    apisix: {
      deployment: { role: 'traditional', role_traditional: { config_provider: 'yaml' } },
      admin: { allow: { ipList: ['0.0.0.0/0'] } }, // else only the gateway's own pod may
    },
    'ingress-controller': {
      enabled: true,
      config: { kubernetes: { ingressClass }, provider: { type: 'apisix-standalone' } },
      apisix: { adminService: { namespace } },
      gatewayProxy: { createDefault: true },
    },
  }),
});

export default defineController({
  ...charted,
  async manifests(settings) {
    const gateway = { apiGroup: 'apisix.apache.org', kind: 'GatewayProxy', name: `${release}-config` };
    const parameters = { ...gateway, namespace: settings.namespace, scope: 'Namespace' };
    const rest = (await charted.manifests(settings)).filter(({ kind }) => kind !== 'IngressClass');
    return [ingressClassManifest(settings.ingressClass, name, parameters), ...rest];
  },
});
