import type { Requirement } from '../model/claim.ts';

/** The tutorial: "Kubernetes Networking 101 – Ingress resources", by Jon Langemak. */
export const tutorial = (text: string): Requirement => ({
  source: 'https://www.dasblinkenlichten.com/kubernetes-networking-101-ingress-resources/',
  text,
});

/** The `networking.k8s.io/v1` API types: what `kubectl explain ingress.spec --recursive` shows. */
export const ingressApi = (text: string): Requirement => ({
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/',
  text,
});

/** The Service pages of the Kubernetes documentation; `page` is the path below services-networking. */
export const serviceDocs = (page: string, text: string): Requirement => ({
  source: `https://kubernetes.io/docs/${page}`,
  text,
});
