import { expect } from 'chai';
import type { Check } from '../../src/kit/check.ts';
import { CheckUnsupported } from '../../src/kit/failure.ts';
import type { Kit } from '../../src/kit/kit.ts';
import defaultClassIsServed from '../../suites/class/default-class-is-served.ts';
import oneGoesDown from '../../suites/nodes/one-goes-down.ts';

/** A kit that has this much; whatever else a check asks of it breaks the test. */
const kitOf = (parts: { readonly [Part in keyof Kit]?: Partial<Kit[Part]> }): Kit => parts as unknown as Kit;

const runOf = (check: Check, kit: Kit): Promise<unknown> =>
  Promise.resolve(check.run?.(kit)).catch((thrown: unknown) => thrown);

describe('a check that has nothing to go by on this cluster', () => {
  it('says so where the controller has a pod on each node that could go down, and stops none', async () => {
    const nodes = ['control-plane', 'worker1', 'worker2'].map((name, index) => ({
      name,
      address: '',
      ...(index === 0 && { controlPlane: true as const }),
    }));
    const pods = ['worker1', 'worker2'].map((node) => ({ name: node, address: '', node }));
    const kit = kitOf({ cluster: { nodes }, controller: { pods: async () => pods } });
    const error = await runOf(oneGoesDown, kit);
    expect(error).to.be.an.instanceOf(CheckUnsupported);
    expect(error).to.have.property('message').that.contains('every node that could be stopped');
  });

  it('says so where there is a default class, by its name, and makes no other', async () => {
    const theirs = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'theirs', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
    };
    const error = await runOf(defaultClassIsServed, kitOf({ kube: { list: async () => [theirs] } }));
    expect(error).to.be.an.instanceOf(CheckUnsupported);
    expect(error).to.have.property('message').that.contains('theirs');
  });
});
