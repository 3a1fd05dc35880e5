import { expect } from 'chai';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { type ApiServer, apiServer } from './api-server.ts';

const rbac = 'rbac.authorization.k8s.io/v1';
const object = (apiVersion: string, kind: string, name: string, more: object = {}): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name },
  ...more,
});

describe('objects that go into a namespace', function () {
  this.timeout(0); // the first run may have to build the API server
  let api: ApiServer;
  before(async () => {
    api = await apiServer();
  });
  const namespacesOf = async (...objects: readonly KubernetesObject[]) =>
    (await api.kube.inNamespace(objects, 'here')).map(({ metadata }) => metadata.namespace);

  it('get it where their kind has namespaces and they name none', async () => {
    const other = { ...object('v1', 'Service', 'b'), metadata: { name: 'b', namespace: 'elsewhere' } };
    expect(await namespacesOf(object('v1', 'Service', 'a'), other)).to.deep.equal(['here', 'elsewhere']);
  });

  it('stay without where the API says that their kind has none', async () => {
    const wide = [object('node.k8s.io/v1', 'RuntimeClass', 'a'), object('v1', 'PersistentVolume', 'b')];
    expect(await namespacesOf(...wide)).to.deep.equal([undefined, undefined]);
  });

  it('follow the definition of their kind, which may be among them', async () => {
    const definition = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'plans.example.com', {
      spec: { group: 'example.com', names: { kind: 'Plan' }, scope: 'Cluster' },
    });
    const [, plan, unheard] = await namespacesOf(
      definition,
      object('example.com/v1', 'Plan', 'a'),
      object('example.com/v1', 'Unheard', 'b'),
    );
    expect([plan, unheard]).to.deep.equal([undefined, 'here']);
  });

  it('are bound to the ServiceAccount there, and to nobody else’s', async () => {
    const subjects = [
      { kind: 'ServiceAccount', name: 'sa' },
      { kind: 'Group', name: 'everybody' },
    ];
    const [binding] = await api.kube.inNamespace([object(rbac, 'ClusterRoleBinding', 'a', { subjects })], 'here');
    expect(binding?.metadata.namespace).to.equal(undefined);
    expect(binding?.subjects).to.deep.equal([{ ...subjects[0], namespace: 'here' }, subjects[1]]);
  });
});
