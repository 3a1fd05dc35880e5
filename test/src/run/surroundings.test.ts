import { expect } from 'chai';
import type { Kube } from '../../../src/kube/kube.ts';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { assertSurroundings } from '../../../src/run/surroundings.ts';
import { errorOf } from '../error-of.ts';

const node = (name: string, ready: boolean): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
});
const pod: KubernetesObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'hit' }, spec: { nodeName: 'ours' } };

describe('what surrounds the controller', () => {
  const around = (nodes: readonly KubernetesObject[], sentTo: readonly string[] = []) => {
    const list: Kube['list'] = async ({ kind }) => (kind === 'Node' ? nodes : [pod]);
    return assertSurroundings({ list } as unknown as Kube, ['x'], 0, sentTo);
  };

  it('is unsound where a node is lost that has our pods, or that requests are sent to', async () => {
    for (const nodes of [[node('ours', false)], [node('ours', true), node('door', false)]])
      expect(await errorOf(around(nodes, ['door']))).to.include({ code: 'node-not-ready' });
  });

  it('is sound whatever becomes of other nodes', async () => {
    expect(await around([node('ours', true), node('theirs', false)])).to.deep.equal([pod]);
  });
});
