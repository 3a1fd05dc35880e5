import { chartController } from '../src/kit/chart-controller.ts';
import { defineController } from '../src/model/controller.ts';

export default defineController(
  chartController({
    name: 'f5-nginx',
    title: 'F5 NGINX Ingress Controller',
    version: '5.6.2',
    homepage: 'https://github.com/nginx/kubernetes-ingress',
    repository: 'oci://ghcr.io/nginx/charts',
    chart: 'nginx-ingress',
    chartVersion: '2.7.2',
    ingressClass: 'nginx',
    controller: () => 'nginx.org/ingress-controller',
    ports: { http: 80, https: 443, status: 8080 },
    values: ({ ingressClass }) => ({
      controller: {
        ingressClass: { name: ingressClass, create: false },
        service: { create: false },
        telemetryReporting: { enable: false },
        nginxStatus: { allowCidrs: '0.0.0.0/0' },
      },
    }),
  }),
);
