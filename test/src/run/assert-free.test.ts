import { expect } from 'chai';
import { AssayError, exitCodes } from '../../../src/model/errors.ts';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { assertFree, assertNoneTaken } from '../../../src/run/assert-free.ts';
import { assertClassExists } from '../../../src/run/find-front.ts';
import { assertRemovable, owned } from '../../../src/run/owned.ts';
import { errorOf } from '../error-of.ts';
import { type ApiServer, apiServer } from '../kube/api-server.ts';

const classNamed = (name: string, controller = 'theirs'): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name },
  spec: { controller: `example.org/${controller}` },
});
const namespaceNamed = (name: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});

describe('what a run would make', function () {
  this.timeout(0); // the first run may have to build the API server
  let api: ApiServer;
  before(async () => {
    api = await apiServer();
    await api.kube.apply([classNamed('served'), owned(classNamed('left', 'ours')), namespaceNamed('taken')]);
  });
  after(() =>
    api.kube.remove(
      [classNamed('served'), classNamed('left'), namespaceNamed('taken')].map(({ apiVersion, kind, metadata }) => ({
        apiVersion,
        kind,
        name: metadata.name,
      })),
    ),
  );

  it('is refused where a controller serves its class already, with the way to test that one', async () => {
    const error = await errorOf(assertFree(api.kube, [classNamed('served', 'ours')], 'own'));
    expect(error).to.include({ code: 'class-taken', exitCode: exitCodes.environment });
    expect(error.next)
      .to.contain('--controller existing --ingress-class served')
      .and.contain('another --ingress-class');
  });

  it('is refused where another install of the controller serves any class: it would serve what ours is given', async () => {
    for (const name of ['served', 'free']) {
      const error = await errorOf(assertFree(api.kube, [classNamed(name, 'theirs')], 'own'));
      expect(error).to.include({ code: 'class-taken', exitCode: exitCodes.environment });
      expect(error.message).to.contain('the class served').and.contain('example.org/theirs');
      expect(error.next).to.contain('--ingress-class served').and.not.contain('another --ingress-class');
    }
  });

  it('is refused where somebody’s namespace has the name of one', async () => {
    const error = await errorOf(assertFree(api.kube, [namespaceNamed('free'), namespaceNamed('taken')], 'own'));
    expect(error).to.include({ code: 'object-taken', exitCode: exitCodes.environment });
    expect(error.message).to.contain('Namespace taken').and.not.contain('free');
  });

  it('is refused where somebody’s namespace has it already', async () => {
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'theirs', namespace: 'taken' } };
    await api.kube.apply([config]);
    const error = await errorOf(assertFree(api.kube, [config], 'own'));
    expect(error.message).to.contain('ConfigMap theirs');
  });

  describe('beside Ingresses of somebody’s', () => {
    const theirs = (name: string, said: Record<string, string> | undefined, spec: object = {}): KubernetesObject => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name, namespace: 'taken', ...(said !== undefined && { annotations: said }) },
      spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } }, ...spec },
    });
    const annotation = 'kubernetes.io/ingress.class';
    const settings = { ingressClass: 'assay', annotationClass: 'nginx' };
    const bare = { title: 'It' };
    const all = [
      theirs('silent', undefined),
      theirs('old', { [annotation]: 'nginx' }),
      theirs('named', undefined, { ingressClassName: 'served' }),
      theirs('elsewhere', { [annotation]: 'other' }),
    ];
    before(() => api.kube.apply([...all, owned(theirs('left', { [annotation]: 'nginx' }))]));
    after(() =>
      api.kube.remove(
        ['silent', 'old', 'named', 'elsewhere', 'left'].map((name) => ({
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          namespace: 'taken',
          name,
        })),
      ),
    );

    it('is refused where the controller would serve one for its annotation', async () => {
      const error = await errorOf(assertNoneTaken(api.kube, bare, settings));
      expect(error).to.include({ code: 'ingress-unclassed', exitCode: exitCodes.environment });
      expect(error.message).to.match(/: taken\/old$/);
    });

    it('is refused where it would serve one that names no class', async () => {
      const error = await errorOf(assertNoneTaken(api.kube, { ...bare, servesUnclassed: true }, { ingressClass: 'x' }));
      expect(error.message).to.contain('taken/silent').and.not.contain('taken/old').and.not.contain('taken/left');
    });

    it('may be made where it serves none of them, or was there before', async () => {
      await assertNoneTaken(api.kube, bare, { ingressClass: 'assay' });
      await assertNoneTaken(api.kube, { ...bare, servesUnclassed: true, preinstalled: true }, settings);
    });
  });

  it('has to be found again by whoever cleans up', () => {
    const inside = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'own' } };
    const outside = { ...inside, metadata: { name: 'b', namespace: 'kube-system' } };
    const role = { ...outside, apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' };
    assertRemovable([inside, role, classNamed('c'), namespaceNamed('d')], 'own');
    expect(() => assertRemovable([inside, outside], 'own'))
      .to.throw(AssayError, 'ConfigMap b')
      .with.property('code', 'object-not-removable');
  });

  it('may be there if it is ours, or of a kind that the run brings', async () => {
    const unheard = { apiVersion: 'example.org/v1', kind: 'Unheard', metadata: { name: 'of' } };
    await assertFree(api.kube, [classNamed('left', 'ours'), classNamed('free', 'ours'), unheard], 'own');
  });

  it('is nothing but routes for a class that exists; else the classes are listed', async () => {
    await assertClassExists(api.kube, 'served');
    const error = await errorOf(assertClassExists(api.kube, 'srved'));
    expect(error).to.include({ code: 'unknown-ingress-class', exitCode: exitCodes.usage });
    expect(error.message).to.contain('"srved"').and.contain('served');
  });
});
