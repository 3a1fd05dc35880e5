import { expect } from 'chai';
import { endpointsOf } from '../../../controllers/reference/program/endpoints.ts';
import type { EndpointSlice, View } from '../../../controllers/reference/program/objects.ts';

const service = {
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    ports: [
      { name: 'http', port: 80 },
      { name: 'admin', port: 81 },
    ],
  },
};
const slice = (endpoints: EndpointSlice['endpoints'], namespace = 'shop'): EndpointSlice => ({
  metadata: { name: 'web-1', namespace, labels: { 'kubernetes.io/service-name': 'web' } },
  ports: [
    { name: 'http', port: 8080 },
    { name: 'admin', port: 8081 },
  ],
  ...(endpoints === undefined ? {} : { endpoints }),
});
const view = (...slices: readonly EndpointSlice[]): View => ({
  ingresses: [],
  classes: [],
  services: [service],
  slices,
  settings: [],
});
const of = (port: { number?: number; name?: string }, ...slices: readonly EndpointSlice[]) =>
  endpointsOf(view(...slices), { namespace: 'shop', service: { name: 'web', port } }).map(
    ({ address, port }) => `${address}:${port}`,
  );
const ready = { addresses: ['10.0.0.1'], conditions: { ready: true, serving: true } };
const leaving = { addresses: ['10.0.0.2'], conditions: { ready: false, serving: true, terminating: true } };
const broken = { addresses: ['10.0.0.3'], conditions: { ready: false, serving: false } };

describe('the reference’s endpoints', () => {
  it('are the pods’ own ports, for a Service port by number and by name', () => {
    expect(of({ number: 80 }, slice([ready]))).to.deep.equal(['10.0.0.1:8080']);
    expect(of({ name: 'admin' }, slice([ready]))).to.deep.equal(['10.0.0.1:8081']);
    expect(of({ number: 8080 }, slice([ready]))).to.deep.equal([]);
    expect(of({ name: '80' }, slice([ready]))).to.deep.equal([]);
  });

  it('come from every slice of the Service, and from no other namespace', () => {
    const other = { ...ready, addresses: ['10.0.0.4'] };
    expect(of({ number: 80 }, slice([ready]), slice([other]))).to.deep.equal(['10.0.0.1:8080', '10.0.0.4:8080']);
    expect(of({ number: 80 }, slice([ready], 'elsewhere'))).to.deep.equal([]);
  });

  it('count once, though two slices name them', () => {
    expect(of({ number: 80 }, slice([ready]), slice([ready]))).to.deep.equal(['10.0.0.1:8080']);
  });

  it('are none for a Service that is not there, and for what is no Service', () => {
    const missing = { namespace: 'shop', service: { name: 'gone', port: { number: 80 } } };
    expect(endpointsOf(view(slice([ready])), missing)).to.deep.equal([]);
    expect(endpointsOf(view(slice([ready])), { namespace: 'shop', service: undefined })).to.deep.equal([]);
  });

  it('are those that are ready; only where none is, those that serve while they leave', () => {
    expect(of({ number: 80 }, slice([ready, leaving, broken]))).to.deep.equal(['10.0.0.1:8080']);
    expect(of({ number: 80 }, slice([leaving, broken]))).to.deep.equal(['10.0.0.2:8080']);
    expect(of({ number: 80 }, slice([broken]))).to.deep.equal([]);
  });
});
