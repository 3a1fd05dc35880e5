import { join } from 'node:path';
import { frontServiceManifest } from '../../src/kit/front-service.ts';
import { shippedModules } from '../../src/kit/shipped-modules.ts';
import { readManifest } from '../../src/kube/manifest.ts';
import { inNamespace } from '../../src/kube/namespaced.ts';
import { defineController } from '../../src/model/controller.ts';
import type { Edit, KubernetesObject } from '../../src/model/kubernetes.ts';
import { packageRoot } from '../../src/paths.ts';
import { settingsName } from './program/affinity.ts';

const files = ['rbac.yaml', 'config-map.yaml', 'deployment.yaml', 'ingress-class.yaml'];
const podLabels = { app: 'nginx-ingress-lb' };
const ports = { http: 80, https: 443, status: 18080 };
const program = 'reference-program';

const affinity = (namespace: string, service: string, value: 'cookie' | null): readonly Edit[] => [
  {
    object: { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: settingsName },
    patch: { data: { [`affinity.${service}`]: value } },
  },
];

/** As far as we read it, the reference's status page. */
interface Status {
  readonly pools: readonly { namespace: string; service: string; members: readonly string[] }[];
}

/** The project's own yardstick, not a product: the least that does all the rules ask for, written to be read beside them. */
export default defineController({
  name: 'reference',
  title: 'Reference (our yardstick, no product)',
  version: '1.0.0',
  homepage: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  images: ['node:20.19-slim'],
  ingressClass: 'reference',
  podLabels,
  ports,
  async manifests({ namespace, ingressClass }) {
    const objects = (
      await Promise.all(files.map((file) => readManifest(join(packageRoot, 'fixtures/controllers/reference', file))))
    ).flat();
    const { data, items } = await shippedModules(['controllers/reference/program/main.ts']);
    const volumes = [{ name: 'program', configMap: { name: program, items } }];
    const amended = (object: KubernetesObject): KubernetesObject => {
      if (object.kind === 'IngressClass') return { ...object, metadata: { ...object.metadata, name: ingressClass } };
      if (object.kind !== 'Deployment') return object;
      const { template } = object.spec;
      return { ...object, spec: { ...object.spec, template: { ...template, spec: { ...template.spec, volumes } } } };
    };
    return inNamespace(
      [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: program }, data },
        ...objects.map(amended),
        frontServiceManifest({ podLabels, ports }),
      ],
      namespace,
    );
  },
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
