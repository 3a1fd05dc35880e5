import { chartController } from '../src/kit/chart-controller.ts';
import { defineController } from '../src/model/controller.ts';

/** Its own kinds come by a Job that is a hook, and so are not there: Ingress alone is tried. */
export default defineController(
  chartController({
    name: 'haproxy-technologies',
    title: 'HAProxy Kubernetes Ingress Controller (HAProxy Technologies)',
    version: '3.1.12',
    homepage: 'https://github.com/haproxytech/kubernetes-ingress',
    repository: 'https://haproxytech.github.io/helm-charts',
    chart: 'kubernetes-ingress',
    chartVersion: '1.45.0',
    ingressClass: 'haproxy',
    // By the value of its --ingress.class, not by the name of the IngressClass.
    controller: ({ ingressClass }) => `haproxy.org/ingress-controller/${ingressClass}`,
    ports: { http: 8080, https: 8443, status: 1024 },
    values: ({ ingressClass }) => ({
      controller: {
        ingressClass,
        ingressClassResource: { name: ingressClass },
        replicaCount: 1,
        // A Service stays, which the status of Ingresses is copied from; its NodePorts would be the API's choice.
        service: { type: 'ClusterIP' },
      },
    }),
  }),
);
