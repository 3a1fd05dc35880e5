import { defineController } from '../src/model/controller.ts';

/** Whatever serves a class of the cluster already: found by that class, and left as it is. */
export default defineController({
  name: 'existing',
  title: 'the installed controller',
  version: 'as found',
  homepage: 'https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/',
  preinstalled: true,
  ingressClass: '',
  images: [],
  manifests: async () => [],
  // The longest that is known of any.
  statusEveryMs: 60_000,
  podLabels: {},
  ports: { http: 80, https: 443, status: 80 },
  knownDeviations: [],
});
