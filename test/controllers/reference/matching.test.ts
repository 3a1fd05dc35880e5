import { expect } from 'chai';
import { matchesHost } from '../../../controllers/reference/program/host-match.ts';
import { isOurs } from '../../../controllers/reference/program/ingress-class.ts';
import type { Ingress } from '../../../controllers/reference/program/objects.ts';
import { matchesPath } from '../../../controllers/reference/program/path-match.ts';

describe('the reference matches a path', () => {
  // The table of the Kubernetes documentation, and what its text adds.
  for (const [pathType, path, given, matches] of [
    ['Prefix', '/', '/any/thing', true],
    ['Exact', '/foo', '/foo', true],
    ['Exact', '/foo', '/bar', false],
    ['Exact', '/foo', '/foo/', false],
    ['Exact', '/foo/', '/foo', false],
    ['Exact', '/foo', '/FOO', false],
    ['Prefix', '/foo', '/foo', true],
    ['Prefix', '/foo', '/foo/', true],
    ['Prefix', '/foo/', '/foo', true],
    ['Prefix', '/foo/', '/foo/', true],
    ['Prefix', '/aaa/bb', '/aaa/bbb', false],
    ['Prefix', '/aaa/bbb', '/aaa/bbb', true],
    ['Prefix', '/aaa/bbb/', '/aaa/bbb', true],
    ['Prefix', '/aaa/bbb', '/aaa/bbb/', true],
    ['Prefix', '/aaa/bbb', '/aaa/bbb/ccc', true],
    ['Prefix', '/aaa/bbb', '/aaa/bbbxyz', false],
    ['Prefix', '/foo', '/%66oo', false],
    ['ImplementationSpecific', '/foo', '/foo/bar', true],
  ] as const) {
    it(`${pathType} ${path} ${matches ? 'takes' : 'leaves'} ${given}`, () => {
      expect(matchesPath({ pathType, path }, given)).to.equal(matches);
    });
  }
});

describe('the reference matches a host', () => {
  for (const [rule, host, matches] of [
    ['foo.com', 'foo.com', true],
    ['foo.com', 'www.foo.com', false],
    ['*.foo.com', 'bar.foo.com', true],
    ['*.foo.com', 'baz.bar.foo.com', false],
    ['*.foo.com', 'foo.com', false],
    ['*.foo.com', '.foo.com', false],
    [undefined, 'foo.com', true],
  ] as const) {
    it(`${rule ?? 'a rule without host'} ${matches ? 'takes' : 'leaves'} ${host}`, () => {
      expect(matchesHost(rule, host)).to.equal(matches);
    });
  }
});

describe('the reference serves an Ingress', () => {
  const annotated = (annotations: Record<string, string>) => ({ metadata: { name: 'one', annotations } });
  const own = { metadata: { name: 'own' }, spec: { controller: 'ingress-assay.dev/reference' } };
  const others = { metadata: { name: 'theirs' }, spec: { controller: 'example.com/other' } };
  const byDefault = (one: typeof own) => ({
    ...one,
    metadata: { ...one.metadata, annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
  });
  const naming = (ingressClassName: string): Ingress => ({ metadata: { name: 'one' }, spec: { ingressClassName } });
  const namingNone: Ingress = { metadata: { name: 'one' }, spec: {} };

  it('whose class is its own, and no other', () => {
    expect(isOurs(naming('own'), [own, others], 'own')).to.equal(true);
    expect(isOurs(naming('theirs'), [own, others], 'own')).to.equal(false);
    expect(isOurs(naming('nobodys'), [own, others], 'own')).to.equal(false);
    expect(isOurs(naming('own'), [], 'own')).to.equal(false);
  });

  it('not of another class with its `spec.controller`, default or not', () => {
    const sibling = { ...own, metadata: { name: 'sibling' } };
    expect(isOurs(naming('sibling'), [own, sibling], 'own')).to.equal(false);
    expect(isOurs(namingNone, [own, byDefault(sibling)], 'own')).to.equal(false);
    expect(isOurs(naming('theirs'), [own, others], 'theirs')).to.equal(false);
  });

  it('whose annotation names its class, unless the field says otherwise', () => {
    const old = { ...annotated({ 'kubernetes.io/ingress.class': 'own' }), spec: {} };
    expect(isOurs(old, [own, others], 'own')).to.equal(true);
    expect(isOurs({ ...old, spec: { ingressClassName: 'theirs' } }, [own, others], 'own')).to.equal(false);
  });

  it('that names no class only where its own is the default', () => {
    expect(isOurs(namingNone, [own, others], 'own')).to.equal(false);
    expect(isOurs(namingNone, [byDefault(own), others], 'own')).to.equal(true);
    expect(isOurs(namingNone, [own, byDefault(others)], 'own')).to.equal(false);
  });
});
