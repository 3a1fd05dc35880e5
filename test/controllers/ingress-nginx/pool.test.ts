import { expect } from 'chai';
import nginx from '../../../controllers/ingress-nginx.ts';

/** As its balancer is told of three Services, one of which is named like the beginning of another. */
const backends = JSON.stringify([
  { name: 'shop-web-80', endpoints: [{ address: '10.244.1.4', port: '8080' }] },
  { name: 'shop-web-http', endpoints: [{ address: '10.244.1.4', port: '8080' }] },
  { name: 'shop-web-admin-80', endpoints: [{ address: '10.244.1.5', port: '8080' }] },
  { name: 'shop-empty-80', endpoints: null },
  { name: 'upstream-default-backend' },
]);
const pool = (name: string) => nginx.pool?.(async () => backends, { namespace: 'shop', name });

describe('ingress-nginx’s account of its pools', () => {
  it('is read for one Service, each member once, by whichever of its ports', async () => {
    expect(await pool('web')).to.deep.equal(['10.244.1.4:8080']);
    expect(await pool('web-admin')).to.deep.equal(['10.244.1.5:8080']);
  });

  it('is empty where the Service has no endpoints, or no rule', async () => {
    expect(await pool('empty')).to.deep.equal([]);
    expect(await pool('nobody')).to.deep.equal([]);
  });
});
