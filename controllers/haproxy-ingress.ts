import { chartController } from '../src/kit/chart-controller.ts';
import { defineController } from '../src/model/controller.ts';

/** The community's; that of HAProxy Technologies is `haproxy-technologies`. */
export default defineController(
  chartController({
    name: 'haproxy-ingress',
    title: 'HAProxy Ingress (community)',
    version: '0.14.12',
    homepage: 'https://haproxy-ingress.github.io',
    repository: 'https://haproxy-ingress.github.io/charts',
    chart: 'haproxy-ingress',
    chartVersion: '0.14.12',
    ingressClass: 'haproxy-ingress',
    controller: () => 'haproxy-ingress.github.io/controller',
    ports: { http: 80, https: 443, status: 1936 },
    values: ({ ingressClass }) => ({
      controller: {
        ingressClass,
        ingressClassResource: { enabled: false },
        service: { enabled: false },
        stats: { enabled: true },
      },
    }),
  }),
);
