import { join } from 'node:path';
import { frontServiceManifest } from '../../src/kit/front-service.ts';
import { shippedModules } from '../../src/kit/shipped-modules.ts';
import { readManifest } from '../../src/kube/manifest.ts';
import { type Controller, type ControllerSettings, defineController } from '../../src/model/controller.ts';
import type { Edit, KubernetesObject } from '../../src/model/kubernetes.ts';
import { smallHeap } from '../../src/model/small-heap.ts';
import { packageRoot } from '../../src/paths.ts';
import { settingsName } from './program/affinity.ts';

const files = ['rbac.yaml', 'config-map.yaml', 'deployment.yaml', 'ingress-class.yaml'];
const podLabels = { app: 'nginx-ingress-lb' };
const ports = { http: 80, https: 443, status: 18080 };
const main = 'controllers/reference/program/main.ts';

const affinity = (namespace: string, service: string, value: 'cookie' | null): readonly Edit[] => [
  {
    object: { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: settingsName },
    patch: { data: { [`affinity.${service}`]: value } },
  },
];

/** An object of ours as it is installed: the Deployment with its program, the others under names that clash with no other install. */
const amended =
  ({ namespace, ingressClass }: ControllerSettings, { args, env, volumes }: Program) =>
  (object: KubernetesObject): KubernetesObject => {
    const { kind, metadata, spec } = object;
    if (kind === 'IngressClass') return { ...object, metadata: { ...metadata, name: ingressClass } };
    if (kind === 'ClusterRoleBinding')
      return { ...object, metadata: { ...metadata, name: `${metadata.name}-${namespace}` } };
    if (kind !== 'Deployment') return object;
    const { template } = spec;
    const containers = template.spec.containers.map((container: object) => ({ ...container, args, env }));
    return { ...object, spec: { ...spec, template: { ...template, spec: { ...template.spec, containers, volumes } } } };
  };

/** What of a Deployment makes it run a program of ours. */
interface Program {
  readonly args: readonly string[];
  readonly env: readonly object[];
  readonly volumes: readonly object[];
}

/** The modules of a program in a ConfigMap, and what makes a Deployment run the first of them. */
async function programOf(modules: readonly string[], env: readonly object[]) {
  const { data, items } = await shippedModules(modules);
  const name = 'reference-program';
  const args = [smallHeap, ...modules.map((path) => `/program/${path.replace(/\.ts$/, '.js')}`)];
  return {
    configMap: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data },
    program: { args, env, volumes: [{ name: 'program', configMap: { name, items } }] },
  };
}

/** As far as we read it, the reference's status page. */
interface Status {
  readonly pools: readonly { namespace: string; service: string; members: readonly string[] }[];
}

/** How one install of the reference differs from the usual. */
interface Install extends Pick<Controller, 'name' | 'title'> {
  /** The name of its IngressClass; another for each, where several are installed side by side. */
  readonly ingressClass?: string;
  /** Whether it gets the front Service, whose NodePorts only one can have. Without, it is reached at its pod, and says so. */
  readonly front?: boolean;
}

/** The reference as a catalogue member, running these modules of ours: the first is started, and handed the paths of the others. */
export const referenceRunning = (
  modules: readonly string[],
  { name, title, ingressClass = 'reference', front = true }: Install,
): Controller => ({
  name,
  title,
  version: '1.0.0',
  homepage: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  images: ['node:20.19-slim'],
  ingressClass,
  podLabels,
  ports,
  async manifests(settings) {
    const objects = await Promise.all(
      files.map((file) => readManifest(join(packageRoot, 'fixtures/controllers/reference', file))),
    );
    const { configMap, program } = await programOf(modules, [
      { name: 'INGRESS_CLASS', value: settings.ingressClass },
      // What every node forwards to, its own does under any traffic policy.
      { name: 'ADDRESS', valueFrom: { fieldRef: { fieldPath: front ? 'status.hostIP' : 'status.podIP' } } },
    ]);
    const installed = [configMap, ...objects.flat().map(amended(settings, program))];
    return front ? [...installed, frontServiceManifest({ podLabels, ports })] : installed;
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
  referenceRunning([main], { name: 'reference', title: 'Reference (our yardstick, no product)' }),
);
