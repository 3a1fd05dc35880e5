import { chartController } from '../src/kit/chart-controller.ts';
import { defineController } from '../src/model/controller.ts';

/** Gateway and controller in one pod, without a database. */
export default defineController(
  chartController({
    name: 'kong',
    title: 'Kong Ingress Controller',
    version: 'chart 2.51.0',
    homepage: 'https://github.com/Kong/kubernetes-ingress-controller',
    repository: 'https://charts.konghq.com',
    chart: 'kong',
    chartVersion: '2.51.0',
    ingressClass: 'kong',
    controller: () => 'ingress-controllers.konghq.com/kong',
    podLabels: { 'app.kubernetes.io/component': 'app' },
    ports: { http: 8000, https: 8443, status: 8100 },
    values: ({ ingressClass }) => ({
      env: { database: 'off' },
      proxy: { type: 'ClusterIP' },
      // Its webhook judges Kong's own kinds, which no check has.
      ingressController: { enabled: true, ingressClass, admissionWebhook: { enabled: false } },
    }),
  }),
);
