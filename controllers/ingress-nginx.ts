import { join } from 'node:path';
import { frontServiceManifest } from '../src/kit/front-service.ts';
import { readManifest } from '../src/kube/manifest.ts';
import { type Controller, defineController } from '../src/model/controller.ts';
import type { Edit } from '../src/model/kubernetes.ts';
import { packageRoot } from '../src/paths.ts';

const files = ['rbac.yaml', 'config-map.yaml', 'deployment.yaml', 'ingress-class.yaml'];
const podLabels = { app: 'nginx-ingress-lb' };
const ports = { http: 80, https: 443, status: 18080 };

/** ingress-nginx reads affinity from an annotation of the Ingress, for all its paths. */
const affinity = (namespace: string, ingress: string, value: 'cookie' | null): readonly Edit[] => [
  {
    object: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace, name: ingress },
    patch: { metadata: { annotations: { 'nginx.ingress.kubernetes.io/affinity': value } } },
  },
];

const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.11.0';
const controllerSource = `${source}/internal/ingress/controller/controller.go`;

/**
 * Every server but the catch-all one has a location `/` of its own, which leads to the Service of the flag --default-backend-service, or to
 * a 404 where there is none. An Ingress's defaultBackend takes that place on the catch-all server, or for the hosts of its own rules.
 */
const defaultForNoHostOnly: Controller['knownDeviations'] = [
  ...[
    'default-back-end/takes-unknown-path',
    'tutorial/unmatched-reaches-default-back-end',
    'tutorial/node-port-serves-every-rule',
  ].map((check) => ({
    check,
    reason:
      'a defaultBackend takes the hosts that no rule names; what none of a named host’s paths takes goes to the Service of --default-backend-service, or to 404',
  })),
  {
    check: 'default-back-end/beside-rules-takes-the-rest',
    reason: 'beside rules a defaultBackend takes unknown paths of their hosts only; unknown hosts go to 404',
  },
].map((deviation) => ({ ...deviation, link: controllerSource }));

const ownStatusPage = {
  check: 'tutorial/no-ingress-answers-404',
  reason:
    'of hosts without a rule it keeps the path /nginx_status for its own page, and refuses whoever nginx-status-ipv4-whitelist does not list with 403',
  link: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#nginx-status-ipv4-whitelist',
};

/** Its source: `servicePort.TargetPort.String() == backendPort || servicePort.Name == backendPort`, of the first port for which either holds. */
const portByTarget = {
  check: 'backends/service-port-by-name',
  reason:
    'the name in a rule is compared with the targetPort of each port of the Service as well as with its name, and the first that matches is taken',
  link: `${controllerSource}#L1211`,
};

const redistributes = {
  check: 'tutorial/session-affinity',
  reason:
    'affinity-mode balanced, the default, gives some clients to a pod that joins, among them such as have just lost theirs; persistent would not',
  link: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#session-affinity',
};

const trailingSlash = [
  {
    check: 'path/prefix-ignores-its-trailing-slash',
    reason: 'Prefix /foo/ becomes a location of nginx that ends with a slash; to /foo nginx answers 301 with the slash',
    link: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
  },
  {
    check: 'path/longer-by-a-slash-wins',
    reason:
      'Prefix /foo and Prefix /foo/ become two locations /foo/, for which nginx refuses the whole configuration: while they stand, no change of any Ingress is taken. The admission webhook, which we leave out, is there to refuse the second',
    link: `${source}/internal/ingress/controller/template/template.go`,
  },
];

/** As far as we read it, one entry of `/configuration/backends`: what the balancer was last told. */
interface Backend {
  /** `<namespace>-<service>-<port>`, the port by number or by name, as the rule gives it. */
  readonly name: string;
  readonly endpoints?: readonly { readonly address: string; readonly port: string }[] | null;
}

export default defineController({
  name: 'ingress-nginx',
  title: 'ingress-nginx',
  version: '1.11.0',
  homepage: 'https://kubernetes.github.io/ingress-nginx/',
  images: ['registry.k8s.io/ingress-nginx/controller:v1.11.0'],
  ingressClass: 'nginx',
  // Its flag --ingress-class, whatever its IngressClass is called.
  annotationClass: 'nginx',
  podLabels,
  ports,
  // --status-update-interval
  statusEveryMs: 60_000,
  async manifests({ ingressClass, accessLog }) {
    const folder = join(packageRoot, 'fixtures/controllers/ingress-nginx');
    const objects = (await Promise.all(files.map((file) => readManifest(join(folder, file))))).flat();
    return [
      ...objects.map((object) => {
        if (object.kind === 'IngressClass') return { ...object, metadata: { ...object.metadata, name: ingressClass } };
        if (object.kind !== 'ConfigMap' || accessLog !== false) return object;
        return { ...object, data: { ...object.data, 'disable-access-log': 'true' } };
      }),
      frontServiceManifest({ podLabels, ports }),
    ];
  },
  status: {
    path: '/nginx_status',
    isStatusPage: ({ outcome }) =>
      outcome.kind === 'answered' && outcome.status === 200 && outcome.body.startsWith('Active connections:'),
  },
  async pool(read, { namespace, name }) {
    const backends = JSON.parse(
      await read({ port: ports.status, path: '/configuration/backends' }),
    ) as readonly Backend[];
    const prefix = `${namespace}-${name}-`;
    const members = backends
      .filter((backend) => backend.name.startsWith(prefix) && !backend.name.slice(prefix.length).includes('-'))
      .flatMap(({ endpoints }) => endpoints ?? [])
      .map(({ address, port }) => `${address}:${port}`);
    return [...new Set(members)];
  },
  forwardedFor: true,
  affinity: {
    on: ({ namespace, ingress }) => affinity(namespace, ingress, 'cookie'),
    off: ({ namespace, ingress }) => affinity(namespace, ingress, null),
  },
  knownDeviations: [...defaultForNoHostOnly, ownStatusPage, portByTarget, redistributes, ...trailingSlash],
});
