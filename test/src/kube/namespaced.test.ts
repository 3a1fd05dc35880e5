import { expect } from 'chai';
import { inNamespace } from '../../../src/kube/namespaced.ts';

describe('inNamespace', () => {
  it('gives a namespace to what belongs to one and names none', () => {
    const [own, other] = inNamespace(
      [
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } },
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 'b', namespace: 'elsewhere' } },
      ],
      'here',
    );
    expect(own?.metadata.namespace).to.equal('here');
    expect(other?.metadata.namespace).to.equal('elsewhere');
  });

  it('leaves cluster-wide objects alone but places the ServiceAccount of their binding', () => {
    const [binding] = inNamespace(
      [
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRoleBinding',
          metadata: { name: 'a' },
          subjects: [
            { kind: 'ServiceAccount', name: 'sa' },
            { kind: 'Group', name: 'everybody' },
          ],
        },
      ],
      'here',
    );
    expect(binding?.metadata.namespace).to.equal(undefined);
    expect(binding?.subjects).to.deep.equal([
      { kind: 'ServiceAccount', name: 'sa', namespace: 'here' },
      { kind: 'Group', name: 'everybody' },
    ]);
  });
});
