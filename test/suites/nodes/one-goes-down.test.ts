import { expect } from 'chai';
import { CheckUnsupported } from '../../../src/kit/failure.ts';
import oneGoesDown from '../../../suites/nodes/one-goes-down.ts';
import { outcomeOf } from '../outcome-of.ts';

describe('the check of a node that goes down', () => {
  it('has nothing to go by where the controller has a pod on each node that could, and stops none', async () => {
    const workers = ['worker1', 'worker2'].map((name) => ({ name, address: '' }));
    const nodes = [{ name: 'control-plane', address: '', controlPlane: true as const }, ...workers];
    const pods = workers.map(({ name, address }) => ({ name, address, node: name }));
    const stopped: string[] = [];
    const stopNode = async (name: string) => {
      stopped.push(name);
      return { async [Symbol.asyncDispose]() {} };
    };
    const outcome = await outcomeOf(oneGoesDown, {
      cluster: { nodes, stopNode },
      controller: { pods: async () => pods },
    });
    expect(outcome).to.be.an.instanceOf(CheckUnsupported);
    expect(outcome).to.have.property('message').that.contains('every node that could be stopped');
    expect(stopped).to.deep.equal([]);
  });
});
