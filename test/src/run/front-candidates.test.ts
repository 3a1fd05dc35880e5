import { expect } from 'chai';
import type { Ground } from '../../../src/kit/check.ts';
import { candidates } from '../../../src/run/front-candidates.ts';
import { type ApiServer, apiServer } from '../kube/api-server.ts';

const namespace = 'front-candidates';
const ground: Ground = { name: 'front', host: 'front.example', namespace, ingressClass: 'public' };
const nodes = [{ name: 'a', address: '192.0.2.1' }];
const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' };
const service = { apiVersion: 'v1', kind: 'Service' };

describe('the ways that might lead to a controller', function () {
  this.timeout(0); // the first run may have to build the API server
  let api: ApiServer;
  before(async () => {
    api = await apiServer();
    const ports = [
      { name: 'http', port: 80, nodePort: 31080 },
      { name: 'https', port: 443, nodePort: 31443 },
    ];
    await api.kube.apply([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      {
        ...ingress,
        metadata: { name: 'front', namespace },
        spec: { defaultBackend: { service: { name: 'x', port: { number: 80 } } } },
      },
      { ...service, metadata: { name: 'balanced', namespace }, spec: { type: 'LoadBalancer', ports } },
    ]);
    const status = (...addresses: readonly object[]) => ({ status: { loadBalancer: { ingress: addresses } } });
    await api.kube.patch([
      {
        object: { ...ingress, namespace, name: 'front' },
        subresource: 'status',
        patch: status({ ip: '198.51.100.7' }, { hostname: 'lb.example' }),
      },
      {
        object: { ...service, namespace, name: 'balanced' },
        subresource: 'status',
        patch: status({ ip: '203.0.113.9' }),
      },
    ]);
  });
  after(() =>
    api.kube.remove([
      { ...service, namespace, name: 'balanced' },
      { apiVersion: 'v1', kind: 'Namespace', name: namespace },
    ]),
  );
  const outside = async (entrance?: { host: string; port?: number }) =>
    (await candidates(api.kube, { nodes, ...(entrance && { entrance }) }, ground)).outside.map(
      ({ address, port }) => `${address}:${port}`,
    );

  it('are what the status of an Ingress of the class says, then load balancers, then NodePorts', async () => {
    expect(await outside()).to.deep.equal(['198.51.100.7:80', 'lb.example:80', '203.0.113.9:80', '192.0.2.1:31080']);
  });

  it('are that which the caller names, and no other', async () => {
    expect(await outside({ host: 'tunnel.example' })).to.deep.equal(['tunnel.example:80']);
    expect(await outside({ host: 'tunnel.example', port: 8080 })).to.deep.equal(['tunnel.example:8080']);
  });
});
