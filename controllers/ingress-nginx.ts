import { join } from 'node:path';
import { frontServiceManifest } from '../src/kit/front-service.ts';
import { readManifest } from '../src/kube/manifest.ts';
import { defineController } from '../src/model/controller.ts';
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
  async manifests({ ingressClass }) {
    const folder = join(packageRoot, 'fixtures/controllers/ingress-nginx');
    const objects = (await Promise.all(files.map((file) => readManifest(join(folder, file))))).flat();
    return [
      ...objects.map((object) =>
        object.kind === 'IngressClass' ? { ...object, metadata: { ...object.metadata, name: ingressClass } } : object,
      ),
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
  knownDeviations: [],
});
