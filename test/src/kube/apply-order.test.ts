import { expect } from 'chai';
import { applyOrder } from '../../../src/kube/apply-order.ts';

const object = (kind: string, name = 'a') => ({ apiVersion: 'v1', kind, metadata: { name } });

describe('the order to apply in', () => {
  it('puts namespaces and definitions first, workloads late and Ingresses last', () => {
    const kinds = ['Ingress', 'Deployment', 'Thing', 'Service', 'ConfigMap', 'ClusterRole'];
    const groups = applyOrder([...kinds, 'CustomResourceDefinition', 'Namespace'].map((kind) => object(kind)));
    expect(groups.map((group) => group.map(({ kind }) => kind))).to.deep.equal(
      ['Namespace', 'CustomResourceDefinition', ...kinds.toReversed()].map((kind) => [kind]),
    );
  });

  it('keeps objects of one stage together, in the order given', () => {
    const [group] = applyOrder([object('Role', 'b'), object('ServiceAccount', 'a')]);
    expect(group?.map(({ metadata }) => metadata.name)).to.deep.equal(['b', 'a']);
  });
});
