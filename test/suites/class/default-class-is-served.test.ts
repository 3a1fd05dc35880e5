import { expect } from 'chai';
import { CheckUnsupported } from '../../../src/kit/failure.ts';
import defaultClassIsServed from '../../../suites/class/default-class-is-served.ts';
import { outcomeOf } from '../outcome-of.ts';

describe('the check of the default class', () => {
  it('has nothing to go by where there is one already, names it and makes no other', async () => {
    const theirs = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'theirs', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
    };
    const patched: unknown[] = [];
    const outcome = await outcomeOf(defaultClassIsServed, {
      kube: {
        list: async () => [theirs],
        patch: async (edits) => {
          patched.push(...edits);
        },
      },
    });
    expect(outcome).to.be.an.instanceOf(CheckUnsupported);
    expect(outcome).to.have.property('message').that.contains('theirs');
    expect(patched).to.deep.equal([]);
  });
});
