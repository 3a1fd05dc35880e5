import { expect } from 'chai';
import { isDue, statusFor } from '../../../controllers/reference/program/ingress-status.ts';
import type { Ingress } from '../../../controllers/reference/program/objects.ts';

const own = [{ ip: '192.0.2.1' }];
const ingress = (ip?: string, manager?: string, subresource = 'status'): Ingress => ({
  metadata: {
    name: 'one',
    namespace: 'shop',
    ...(manager === undefined ? {} : { managedFields: [{ manager: 'someone' }, { manager, subresource }] }),
  },
  spec: {},
  status: { loadBalancer: ip === undefined ? {} : { ingress: [{ ip }] } },
});

describe('the reference’s status of an Ingress', () => {
  it('names its address where it serves it, and nothing else', () => {
    expect(statusFor(ingress(), true, own)).to.deep.equal(own);
    expect(statusFor(ingress('192.0.2.1'), false, own)).to.deep.equal([]);
  });

  it('is written only where it says something else', () => {
    expect(isDue(ingress(), own, 'us')).to.equal(true);
    expect(isDue(ingress('192.0.2.9', 'us'), own, 'us')).to.equal(true);
    expect(isDue(ingress('192.0.2.1', 'us'), own, 'us')).to.equal(false);
  });

  it('is taken back where it has left, if it is its own: an equal one of another stays', () => {
    expect(isDue(ingress('192.0.2.1', 'us'), [], 'us')).to.equal(true);
    expect(isDue(ingress('192.0.2.1', 'them'), [], 'us')).to.equal(false);
    expect(isDue(ingress('192.0.2.1', 'us', ''), [], 'us')).to.equal(false);
    expect(isDue(ingress(), [], 'us')).to.equal(false);
  });
});
