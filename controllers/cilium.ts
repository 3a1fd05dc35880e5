import { release } from '../src/kit/chart-controller.ts';
import { frontService } from '../src/kit/front-service.ts';
import { defineController } from '../src/model/controller.ts';

const version = '1.20.2';

/**
 * Cilium's Ingress, which is part of a cluster's network: it needs one that has no other. It serves the class `cilium` alone. Where
 * Cilium is there already, `--controller existing --ingress-class cilium` is the way.
 */
export default defineController({
  name: 'cilium',
  title: 'Cilium',
  version,
  homepage: 'https://docs.cilium.io/en/stable/network/servicemesh/ingress/',
  experimental: true,
  images: [],
  ingressClass: 'cilium',
  podLabels: { 'k8s-app': 'cilium-envoy' },
  // Its proxies are on their node's network, and have no port of their own there: a node's NodePort is theirs.
  ports: { http: frontService.http, https: frontService.https, status: frontService.http },
  chart: () => ({
    repository: 'https://helm.cilium.io',
    chart: 'cilium',
    version,
    release,
    values: {
      operator: { replicas: 1 },
      nodePort: { enabled: true },
      ingressController: {
        enabled: true,
        loadbalancerMode: 'shared',
        service: { type: 'NodePort', insecureNodePort: frontService.http, secureNodePort: frontService.https },
      },
    },
  }),
  // The chart brings the Service, which selects no pods, and the IngressClass.
  manifests: async () => [],
  knownDeviations: [],
});
