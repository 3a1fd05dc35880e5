import { expect } from 'chai';
import { referenceRunning } from '../../../controllers/reference/index.ts';
import { inNamespace } from '../../../src/kube/namespaced.ts';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';

const clusterWide = ['ClusterRole', 'ClusterRoleBinding', 'IngressClass'];

async function installed(name: string, front: boolean): Promise<readonly KubernetesObject[]> {
  const settings = { namespace: `of-${name}`, ingressClass: name };
  const program = ['controllers/reference/program/main.ts'];
  const controller = referenceRunning(program, { name, title: name, ingressClass: name, front });
  return inNamespace(await controller.manifests(settings), settings.namespace, async ({ kind }) => ({
    namespaced: !clusterWide.includes(kind),
  }));
}
const identity = ({ kind, metadata }: KubernetesObject) => `${kind} ${metadata.namespace} ${metadata.name}`;
const env = (objects: readonly KubernetesObject[]) =>
  objects.find(({ kind }) => kind === 'Deployment')?.spec.template.spec.containers[0].env;

describe('two references on one cluster', () => {
  it('share no object but the ClusterRole, which is the same for all', async () => {
    const [one, two] = await Promise.all([installed('one', true), installed('two', false)]);
    const shared = one.filter((object) => two.some((other) => identity(other) === identity(object)));
    expect(shared.map(({ kind }) => kind)).to.deep.equal(['ClusterRole']);
    expect(two).to.deep.include(shared[0]);
  });

  it('are told their classes, and their addresses: the node’s behind the front Service, their pod’s own without', async () => {
    for (const [front, fieldPath] of [
      [true, 'status.hostIP'],
      [false, 'status.podIP'],
    ] as const) {
      const objects = await installed('one', front);
      expect(objects.some(({ spec }) => spec?.type === 'NodePort')).to.equal(front);
      expect(env(objects)).to.deep.equal([
        { name: 'INGRESS_CLASS', value: 'one' },
        { name: 'ADDRESS', valueFrom: { fieldRef: { fieldPath } } },
      ]);
    }
  });
});
