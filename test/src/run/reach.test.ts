import { expect } from 'chai';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import type { ProbeFailure, ProbeRecord, ProbeRequest } from '../../../src/model/probe.ts';
import { assertReach, type Reach } from '../../../src/run/reach.ts';
import { errorOf } from '../error-of.ts';

const pod = (name: string, node: string, podIP: string, labels = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'ours', uid: name, labels },
  spec: { nodeName: node, containers: [{ ports: [{ containerPort: 8080 }] }] },
  status: { podIP, conditions: [{ type: 'Ready', status: 'True' }] },
});
const reach: Reach = {
  from: { kind: 'pod', namespace: 'ours', name: 'net-test' },
  pods: [],
  besides: { app: 'controller' },
  stopped: new Set(),
};

/** Asks for these pods, where these addresses fail by that cause; returns with the addresses that were asked. */
async function asked(
  pods: readonly KubernetesObject[],
  failing: Readonly<Record<string, ProbeFailure>> = {},
  { now = pods, ...more }: Partial<Reach> & { readonly now?: readonly KubernetesObject[] } = {},
): Promise<readonly string[]> {
  const addresses: string[] = [];
  const kube = {
    get: async ({ name }: { readonly name: string }) => now.find(({ metadata }) => metadata.name === name),
  };
  const agents = {
    async probe(_place: unknown, request: ProbeRequest) {
      addresses.push(request.address);
      const cause = failing[request.address];
      const outcome = cause === undefined ? { kind: 'answered', status: 404 } : { kind: 'failed', cause, message: '' };
      return { outcome } as ProbeRecord;
    },
  };
  await assertReach(kube, agents, { ...reach, pods, ...more });
  return addresses;
}

const two = [pod('near', 'one', '10.0.1.1'), pod('far', 'two', '10.0.2.1')];

describe('the reach of the vantage inside', () => {
  it('is one of our pods on each node, and never the controller’s', async () => {
    const theirs = pod('controller', 'three', '10.0.3.1', { app: 'controller' });
    expect(await asked([...two, pod('another', 'two', '10.0.2.2'), theirs])).to.deep.equal(['10.0.1.1', '10.0.2.2']);
  });

  it('is at fault where packets to a node are lost, whatever the controller does', async () => {
    const error = await errorOf(asked(two, { '10.0.2.1': 'timeout' }));
    expect(error.code).to.equal('pod-unreachable');
    expect(error.message).to.equal(
      'pod ours/net-test does not reach pod ours/far on two at 10.0.2.1:8080, past the controller',
    );
  });

  it('is there where a connection is refused, or where the pod has gone meanwhile', async () => {
    await asked(two, { '10.0.2.1': 'refused' });
    await asked(two, { '10.0.2.1': 'timeout' }, { now: two.slice(0, 1) });
  });

  it('leaves out a node that was stopped on purpose', async () => {
    expect(await asked(two, { '10.0.2.1': 'timeout' }, { stopped: new Set(['two']) })).to.deep.equal(['10.0.1.1']);
  });
});
