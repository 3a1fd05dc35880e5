import { ingressClassManifest } from '../src/kit/chart-controller.ts';
import { frontServiceManifest } from '../src/kit/front-service.ts';
import { type Chart, defineController } from '../src/model/controller.ts';

const version = '1.30.5';
/** From this name come the labels of the gateway's pods, which the mesh looks for unless told otherwise. */
const gateway = 'istio-ingressgateway';
const podLabels = { app: gateway, istio: 'ingressgateway' };
const ports = { http: 80, https: 443, status: 15021 };

const part = (chart: string, release: string, values: Chart['values']): Chart => ({
  repository: 'https://istio-release.storage.googleapis.com/charts',
  chart,
  version,
  release,
  values,
});

/** Istio as far as it serves Ingress. */
export default defineController({
  name: 'istio',
  title: 'Istio (Kubernetes Ingress)',
  version,
  homepage: 'https://istio.io/latest/docs/tasks/traffic-management/ingress/kubernetes-ingress/',
  experimental: true,
  images: [],
  ingressClass: 'istio',
  podLabels,
  ports,
  // In this order: istiod has to be there when the gateway's pod is made, since its webhook completes it.
  chart: ({ namespace: istioNamespace, ingressClass }) => [
    part('base', 'istio-base', { global: { istioNamespace } }),
    part('istiod', 'istiod', {
      global: { istioNamespace },
      pilot: { autoscaleEnabled: false },
      autoscaleEnabled: false,
      meshConfig: { ingressControllerMode: 'STRICT', ingressClass },
    }),
    part('gateway', gateway, { autoscaling: { enabled: false }, service: { type: 'ClusterIP' } }),
  ],
  manifests: async ({ ingressClass }) => [
    ingressClassManifest(ingressClass, 'istio.io/ingress-controller'),
    frontServiceManifest({ podLabels, ports }),
  ],
  knownDeviations: [],
});
