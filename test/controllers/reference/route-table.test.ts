import { expect } from 'chai';
import type { Ingress } from '../../../controllers/reference/program/objects.ts';
import { parts } from '../../../controllers/reference/program/parts.ts';
import { findBackend, readRoutes } from '../../../controllers/reference/program/route-table.ts';

const backend = (name: string) => ({ service: { name, port: { number: 80 } } });
const path = (pathType: 'Exact' | 'Prefix', path: string, service: string) => ({
  path,
  pathType,
  backend: backend(service),
});
const ingress = (name: string, spec: Ingress['spec'], creationTimestamp = '2026-01-01T00:00:00Z'): Ingress => ({
  metadata: { name, namespace: 'shop', creationTimestamp },
  spec,
});
const found = (ingresses: readonly Ingress[], host: string, path: string) =>
  findBackend(readRoutes(ingresses), { host, path }, parts)?.service?.name;

describe('the reference’s route table', () => {
  it('gives a request to the longest path, whatever the order of the rules', () => {
    const paths = [path('Prefix', '/', 'all'), path('Prefix', '/foo/bar', 'bar'), path('Prefix', '/foo', 'foo')];
    for (const order of [paths, [...paths].reverse()]) {
      const one = ingress('one', { rules: [{ host: 'foo.com', http: { paths: order } }] });
      expect(found([one], 'foo.com', '/foo/bar/baz')).to.equal('bar');
      expect(found([one], 'foo.com', '/foo/baz')).to.equal('foo');
      expect(found([one], 'foo.com', '/')).to.equal('all');
    }
  });

  it('prefers Exact to Prefix where both paths are equal', () => {
    const paths = [path('Prefix', '/foo', 'prefix'), path('Exact', '/foo', 'exact')];
    const one = ingress('one', { rules: [{ host: 'foo.com', http: { paths } }] });
    expect(found([one], 'foo.com', '/foo')).to.equal('exact');
    expect(found([one], 'foo.com', '/foo/')).to.equal('prefix');
  });

  it('lets a precise host go before a wildcard, and that before a rule without host', () => {
    const rules = [
      { http: { paths: [path('Prefix', '/', 'any')] } },
      { host: '*.foo.com', http: { paths: [path('Prefix', '/', 'wildcard')] } },
      { host: 'bar.foo.com', http: { paths: [path('Prefix', '/', 'precise')] } },
    ];
    const one = ingress('one', { rules });
    expect(found([one], 'bar.foo.com', '/')).to.equal('precise');
    expect(found([one], 'baz.foo.com', '/')).to.equal('wildcard');
    expect(found([one], 'foo.com', '/')).to.equal('any');
  });

  it('brings the rules of all Ingresses together; of two alike the older counts', () => {
    const rule = (service: string) => ({
      rules: [{ host: 'foo.com', http: { paths: [path('Prefix', '/', service)] } }],
    });
    const young = ingress('a', rule('young'), '2026-02-01T00:00:00Z');
    const old = ingress('b', rule('old'), '2026-01-01T00:00:00Z');
    expect(found([young, old], 'foo.com', '/')).to.equal('old');
  });

  it('sends what no rule takes to the default back-end of the host’s own Ingress, else to any', () => {
    const rules = [{ host: 'foo.com', http: { paths: [path('Prefix', '/foo', 'foo')] } }];
    const own = ingress('own', { rules, defaultBackend: backend('own-default') }, '2026-02-01T00:00:00Z');
    const all = ingress('all', { defaultBackend: backend('default') });
    expect(found([own, all], 'foo.com', '/elsewhere')).to.equal('own-default');
    expect(found([own, all], 'bar.com', '/')).to.equal('default');
    expect(found([], 'foo.com', '/')).to.equal(undefined);
  });

  it('counts a host for an Ingress’s own by a wildcard and by a rule without paths, and of two default back-ends takes the older', () => {
    const rules = [{ host: '*.foo.com' }];
    const own = ingress('own', { rules, defaultBackend: backend('own-default') }, '2026-02-01T00:00:00Z');
    const old = ingress('old', { defaultBackend: backend('old') }, '2026-01-01T00:00:00Z');
    const older = ingress('older', { rules: [{}], defaultBackend: backend('older') }, '2025-12-01T00:00:00Z');
    expect(found([own, old, older], 'bar.foo.com', '/')).to.equal('own-default');
    expect(found([own, old, older], 'foo.com', '/')).to.equal('older');
  });

  it('sends nothing to another host’s rules, though no path of the host’s own takes it', () => {
    const one = ingress('one', {
      rules: [
        { host: 'bar.foo.com', http: { paths: [path('Exact', '/foo', 'precise')] } },
        { host: '*.foo.com', http: { paths: [path('Prefix', '/', 'wildcard')] } },
      ],
    });
    expect(found([one], 'bar.foo.com', '/elsewhere')).to.equal(undefined);
  });
});
