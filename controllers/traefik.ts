import { join } from 'node:path';
import { frontServiceManifest } from '../src/kit/front-service.ts';
import { readManifest } from '../src/kube/manifest.ts';
import { type Controller, defineController } from '../src/model/controller.ts';
import type { Edit, KubernetesObject } from '../src/model/kubernetes.ts';
import { packageRoot } from '../src/paths.ts';

const files = ['rbac.yaml', 'config-map.yaml', 'deployment.yaml', 'ingress-class.yaml'];
const podLabels = { app: 'nginx-ingress-lb' };
const ports = { http: 80, https: 443, status: 18080 };

/** Traefik reads affinity from annotations of the Service that the Ingress names. */
const sticky = (namespace: string, service: string, value: 'true' | null): readonly Edit[] => [
  {
    object: { apiVersion: 'v1', kind: 'Service', namespace, name: service },
    patch: { metadata: { annotations: { 'traefik.ingress.kubernetes.io/service.sticky.cookie': value } } },
  },
];

const ingressProvider =
  'https://doc.traefik.io/traefik/reference/install-configuration/providers/kubernetes/kubernetes-ingress/';
const ingressProviderSource =
  'https://github.com/traefik/traefik/blob/v3.7.15/pkg/provider/kubernetes/ingress/kubernetes.go';

/** A Prefix path becomes the matcher PathPrefix, which compares letters; strictPrefixMatching would make it go by elements. */
const letterByLetter: Controller['knownDeviations'] = [
  ...['path/prefix-is-element-wise', 'path/prefix-is-no-string-prefix', 'tutorial/path-is-matched-by-elements'].map(
    (check) => ({
      check,
      reason: 'by default a Prefix path is compared letter by letter; strictPrefixMatching makes it element by element',
      link: ingressProvider,
    }),
  ),
  ...['path/prefix-ignores-its-trailing-slash', 'path/longer-by-a-slash-wins'].map((check) => ({
    check,
    reason:
      'by default a Prefix path is compared letter by letter, its trailing slash too, so that /foo/ does not take /foo',
    link: ingressProvider,
  })),
];

/** Of several rules the longest text goes first, whatever it says: `PathPrefix("/foo")` is longer than `Path("/foo")`. */
const byLengthOfRule: Controller['knownDeviations'] = [
  ...['path/exact-beats-prefix', 'path/exact-beats-prefix-across-ingresses', 'path/longest-path-wins-over-types'].map(
    (check) => ({
      check,
      reason:
        'rules are tried by the length of their text, matcher included, in which PathPrefix (Prefix) outdoes Path (Exact)',
    }),
  ),
  {
    check: 'host/precise-host-beats-longer-path',
    reason: 'rules are tried by the length of their text, in which a longer path makes up for a wildcard',
  },
  {
    check: 'host/short-host-beats-wildcard',
    reason:
      'rules are tried by the length of their text; m.foo.com and *.foo.com tie, and chance decides at each reload',
  },
].map((deviation) => ({
  ...deviation,
  link: 'https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/',
}));

/** Its source: `len(ingress.Spec.Rules) == 0 && ingress.Spec.DefaultBackend != nil`. */
const defaultOnlyAlone = {
  check: 'default-back-end/beside-rules-takes-the-rest',
  reason: 'a defaultBackend is read only from an Ingress without rules',
  link: ingressProviderSource,
};

/** No rule is made of a path that leads to no server. */
const withoutEndpoints = [
  {
    check: 'backends/missing-service-is-5xx',
    reason: 'a path whose Service is not there is left out ("Cannot create service": "service not found"): 404',
    link: ingressProviderSource,
  },
  {
    check: 'backends/no-endpoints-is-5xx',
    reason:
      'a path whose Service has no endpoints is left out, so that a shorter path’s Service answers, or 404; allowEmptyServices, which its Helm chart sets, makes it 503',
    link: ingressProvider,
  },
];

const withoutStatus = {
  check: 'class/status-names-an-address',
  reason:
    'no status is written unless ingressEndpoint is set; of a NodePort Service, its publishedService takes only ExternalIPs of nodes, which nodes without a cloud lack',
  link: ingressProvider,
};

/** Without the option that switches the access log on, which is off by default. */
const withoutAccessLog = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  data: { ...object.data, 'traefik.yaml': object.data['traefik.yaml'].replace(/^accessLog:\n(?: .*\n)*/m, '') },
});

/** As far as we read it, one entry of Traefik's `/api/http/services`. */
interface TraefikService {
  readonly name: string;
  readonly loadBalancer?: { readonly servers?: readonly { readonly url: string }[] };
}

export default defineController({
  name: 'traefik',
  title: 'Traefik',
  version: '3.7.15',
  homepage: 'https://traefik.io/traefik/',
  images: ['traefik:v3.7.15'],
  ingressClass: 'traefik',
  // Unless its option ingressClass says another.
  annotationClass: 'traefik',
  // Likewise.
  servesUnclassed: true,
  podLabels,
  ports,
  async manifests({ ingressClass, accessLog }) {
    const objects = (
      await Promise.all(files.map((file) => readManifest(join(packageRoot, 'fixtures/controllers/traefik', file))))
    ).flat();
    return [
      ...objects.map((object) => {
        if (object.kind === 'IngressClass') return { ...object, metadata: { ...object.metadata, name: ingressClass } };
        return object.kind === 'ConfigMap' && accessLog === false ? withoutAccessLog(object) : object;
      }),
      frontServiceManifest({ podLabels, ports }),
    ];
  },
  status: {
    path: '/nginx_status/api/overview',
    isStatusPage: ({ outcome }) =>
      outcome.kind === 'answered' && outcome.status === 200 && outcome.body.startsWith('{"http":{"routers":'),
  },
  async pool(read, { namespace, name }) {
    const services = JSON.parse(
      await read({
        port: ports.status,
        path: `/nginx_status/api/http/services?per_page=10000&search=${namespace}-${name}-`,
      }),
    ) as readonly TraefikService[];
    // Named <namespace>-<service>-<port>@kubernetes.
    return services
      .filter((service) => service.name.startsWith(`${namespace}-${name}-`) && service.name.endsWith('@kubernetes'))
      .filter((service) => !service.name.slice(`${namespace}-${name}-`.length, -'@kubernetes'.length).includes('-'))
      .flatMap((service) => service.loadBalancer?.servers ?? [])
      .map((server) => new URL(server.url).host);
  },
  forwardedFor: true,
  affinity: {
    on: ({ namespace, service }) => sticky(namespace, service, 'true'),
    off: ({ namespace, service }) => sticky(namespace, service, null),
  },
  knownDeviations: [...letterByLetter, ...byLengthOfRule, defaultOnlyAlone, ...withoutEndpoints, withoutStatus],
});
