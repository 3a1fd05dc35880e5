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

/** What an IngressClass is, in the same types. */
export const ingressClassApi = (text: string): Requirement => ({
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-class-v1/',
  text,
});

/** The Ingress page of the Kubernetes documentation, at one of its headings. */
export const ingressDocs = (heading: string, text: string): Requirement => ({
  source: `https://kubernetes.io/docs/concepts/services-networking/ingress/#${heading}`,
  text,
});

/** Rows of that page's table of examples: kind and path of the rule, path of the request, whether they match. */
export const pathExamples = (text: string): Requirement => ingressDocs('examples', text);

/** Which of several paths of one Ingress takes a request. */
export const longestPathFirst = ingressDocs(
  'multiple-matches',
  'In some cases, multiple paths within an Ingress will match a request. In those cases precedence will be given first to the longest matching path.',
);

/** A section of an RFC, such as `9112, 3.2`. */
export const rfc = (section: string, text: string): Requirement => {
  const [number, heading] = section.split(', ');
  return { source: `https://www.rfc-editor.org/rfc/rfc${number}#section-${heading}`, text };
};

/** What RFC 9110 asks of a proxy, and every application expects of what stands before it. */
export const unmodifiedTarget = rfc(
  '9110, 7.7',
  'A proxy MUST NOT modify the "absolute-path" and "query" parts of the received target URI when forwarding it to the next inbound server except as required by that forwarding protocol.',
);

/**
 * What no norm says, but the community's controller has pinned in its end-to-end tests and users rely on:
 * the name of the case, and the file below test/e2e that has it.
 */
export const usage = (file: string, text: string): Requirement => ({
  source: `https://github.com/kubernetes/ingress-nginx/blob/main/test/e2e/${file}`,
  text,
});

/** Which of several hosts takes a request, as Gateway API says it of its routes: a precedent, and no norm for an Ingress. */
export const mostSpecificHostFirst: Requirement = {
  source: 'https://pkg.go.dev/sigs.k8s.io/gateway-api/apis/v1#HTTPRouteSpec',
  text: 'In the event that multiple HTTPRoutes specify intersecting hostnames (e.g. overlapping wildcard matching and exact matching hostnames), precedence must be given to rules from the HTTPRoute with the largest number of: Characters in a matching non-wildcard hostname. Characters in a matching hostname. If ties exist across multiple Routes, the matching precedence rules for HTTPRouteMatches takes over.',
};

/** Any other page of the Kubernetes documentation; `page` is its path below docs. */
export const serviceDocs = (page: string, text: string): Requirement => ({
  source: `https://kubernetes.io/docs/${page}`,
  text,
});
