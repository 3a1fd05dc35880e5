import { expect } from 'chai';
import { exitCodes } from '../../../src/model/errors.ts';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { assertFree } from '../../../src/run/assert-free.ts';
import { assertClassExists } from '../../../src/run/find-front.ts';
import { owned } from '../../../src/run/owned.ts';
import { errorOf } from '../error-of.ts';
import { type ApiServer, apiServer } from '../kube/api-server.ts';

const classNamed = (name: string): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name },
  spec: { controller: 'example.org/controller' },
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
    await api.kube.apply([classNamed('served'), owned(classNamed('left')), namespaceNamed('taken')]);
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
    const error = await errorOf(assertFree(api.kube, [classNamed('served')]));
    expect(error).to.include({ code: 'class-taken', exitCode: exitCodes.environment });
    expect(error.next).to.contain('--controller existing --ingress-class served');
  });

  it('is refused where somebody’s namespace has the name of one', async () => {
    const error = await errorOf(assertFree(api.kube, [namespaceNamed('free'), namespaceNamed('taken')]));
    expect(error).to.include({ code: 'object-taken', exitCode: exitCodes.environment });
    expect(error.message).to.contain('Namespace taken').and.not.contain('free');
  });

  it('may be there if it is ours, or of a kind that the run brings', async () => {
    const unheard = { apiVersion: 'example.org/v1', kind: 'Unheard', metadata: { name: 'of' } };
    await assertFree(api.kube, [classNamed('left'), classNamed('free'), unheard]);
  });

  it('is nothing but routes for a class that exists; else the classes are listed', async () => {
    await assertClassExists(api.kube, 'served');
    const error = await errorOf(assertClassExists(api.kube, 'srved'));
    expect(error).to.include({ code: 'unknown-ingress-class', exitCode: exitCodes.usage });
    expect(error.message).to.contain('"srved"').and.contain('served');
  });
});
