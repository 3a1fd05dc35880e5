import { join } from 'node:path';
import { frontServiceManifest } from '../../src/kit/front-service.ts';
import { shippedModules } from '../../src/kit/shipped-modules.ts';
import { readManifest } from '../../src/kube/manifest.ts';
import { inNamespace } from '../../src/kube/namespaced.ts';
import { type Controller, defineController } from '../../src/model/controller.ts';
import type { Edit, KubernetesObject } from '../../src/model/kubernetes.ts';
import { packageRoot } from '../../src/paths.ts';
import { settingsName } from './program/affinity.ts';

const files = ['rbac.yaml', 'config-map.yaml', 'deployment.yaml', 'ingress-class.yaml'];
const podLabels = { app: 'nginx-ingress-lb' };
const ports = { http: 80, https: 443, status: 18080 };
const program = 'controllers/reference/program/main.ts';

const affinity = (namespace: string, service: string, value: 'cookie' | null): readonly Edit[] => [
  {
    object: { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: settingsName },
    patch: { data: { [`affinity.${service}`]: value } },
  },
];

/** The deployed form of a program: its modules in a ConfigMap, and a Deployment that runs the first of them. */
async function deployed(objects: readonly KubernetesObject[], modules: readonly string[]) {
  const { data, items } = await shippedModules(modules);
  const name = 'reference-program';
  const volumes = [{ name: 'program', configMap: { name, items } }];
  const args = modules.map((path) => `/program/${path.replace(/\.ts$/, '.js')}`);
  const amended = (object: KubernetesObject): KubernetesObject => {
    if (object.kind !== 'Deployment') return object;
    const { template } = object.spec;
    const containers = template.spec.containers.map((container: object) => ({ ...container, args }));
    return {
      ...object,
      spec: { ...object.spec, template: { ...template, spec: { ...template.spec, containers, volumes } } },
    };
  };
  return [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data }, ...objects.map(amended)];
}

/** As far as we read it, the reference's status page. */
interface Status {
  readonly pools: readonly { namespace: string; service: string; members: readonly string[] }[];
}

/** The reference as a catalogue member, running these modules of ours: the first is started, and handed the paths of the others. */
export const referenceRunning = (
  modules: readonly string[],
  { name, title }: Pick<Controller, 'name' | 'title'>,
): Controller => ({
  name,
  title,
  version: '1.0.0',
  homepage: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  images: ['node:20.19-slim'],
  ingressClass: 'reference',
  podLabels,
  ports,
  async manifests({ namespace, ingressClass }) {
    const objects = await Promise.all(
      files.map((file) => readManifest(join(packageRoot, 'fixtures/controllers/reference', file))),
    );
    const named = objects
      .flat()
      .map((object) =>
        object.kind === 'IngressClass' ? { ...object, metadata: { ...object.metadata, name: ingressClass } } : object,
      );
    return inNamespace([...(await deployed(named, modules)), frontServiceManifest({ podLabels, ports })], namespace);
  },
  forwardedFor: true,
  status: {
    path: '/nginx_status',
    isStatusPage: ({ outcome }) =>
      outcome.kind === 'answered' &&
      outcome.status === 200 &&
      outcome.body.startsWith('{"controller":"ingress-assay-reference"'),
  },
  async pool(read, { namespace, name }) {
    const { pools } = JSON.parse(await read({ port: ports.status, path: '/nginx_status' })) as Status;
    const own = pools.filter((pool) => pool.namespace === namespace && pool.service === name);
    return own.flatMap(({ members }) => members);
  },
  affinity: {
    on: ({ namespace, service }) => affinity(namespace, service, 'cookie'),
    off: ({ namespace, service }) => affinity(namespace, service, null),
  },
  knownDeviations: [],
});

/** The project's own yardstick, not a product: the least that does all the rules ask for, written to be read beside them. */
export default defineController(
  referenceRunning([program], { name: 'reference', title: 'Reference (our yardstick, no product)' }),
);
