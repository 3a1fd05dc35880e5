import { expect } from 'chai';
import { createKube } from '../../../src/kube/create-kube.ts';
import { AssayError } from '../../../src/model/errors.ts';
import { errorOf } from '../error-of.ts';
import { type ApiServer, apiServer } from './api-server.ts';

const configMap = { apiVersion: 'v1', kind: 'ConfigMap' };

describe('the Kubernetes API', function () {
  this.timeout(0); // the first run may have to build the API server
  let api: ApiServer;
  const namespace = 'kube-test';

  before(async () => {
    api = await apiServer();
    await api.kube.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  });

  it('applies objects in the order they need each other, custom kinds included', async () => {
    await api.kube.apply([
      { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'a', namespace: 'ordered' }, size: 1 },
      {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'things.example.org' },
        spec: {
          group: 'example.org',
          scope: 'Namespaced',
          names: { kind: 'Thing', plural: 'things' },
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              schema: { openAPIV3Schema: { type: 'object', properties: { size: { type: 'integer' } } } },
            },
          ],
        },
      },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ordered' } },
    ]);
    const things = await api.kube.list({ apiVersion: 'example.org/v1', kind: 'Thing' }, { namespace: 'ordered' });
    expect(things.map(({ kind, metadata, size }) => [kind, metadata.name, size])).to.deep.equal([['Thing', 'a', 1]]);
  });

  it('leaves the objects it is handed as they were, and takes back what others changed', async () => {
    const object = Object.freeze({
      ...configMap,
      metadata: Object.freeze({ name: 'mine', namespace }),
      data: Object.freeze({ a: '1' }),
    });
    await api.kube.apply([object]);
    await api.kube.patch([{ object: { ...configMap, name: 'mine', namespace }, patch: { data: { a: '2' } } }]);
    await api.kube.apply([object]);
    const found = await api.kube.get({ ...configMap, name: 'mine', namespace });
    expect(found?.data).to.deep.equal({ a: '1' });
  });

  it('patches a status by its own way in, and nothing else of the object with it', async () => {
    const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' };
    const ref = { ...ingress, name: 'told', namespace };
    const service = { name: 'a', port: { number: 80 } };
    await api.kube.apply([
      { ...ingress, metadata: { name: 'told', namespace }, spec: { defaultBackend: { service } } },
    ]);
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.80' }] } };
    const patch = { status, spec: { ingressClassName: 'none' } };
    await api.kube.patch([{ object: ref, subresource: 'status', patch }]);
    const found = await api.kube.get(ref);
    expect([found?.status, found?.spec.ingressClassName]).to.deep.equal([status, undefined]);
  });

  it('lists by label and by name, and gets undefined for what is not there', async () => {
    const labelled = (name: string, team: string) => ({
      ...configMap,
      metadata: { name, namespace, labels: { team } },
    });
    await api.kube.apply([labelled('l1', 'red'), labelled('l2', 'blue'), labelled('l3', 'red')]);
    const names = async (where: object) =>
      (await api.kube.list(configMap, { namespace, ...where })).map(({ metadata }) => metadata.name);
    expect(await names({ labels: { team: 'red' } })).to.deep.equal(['l1', 'l3']);
    expect(await names({ name: 'l2' })).to.deep.equal(['l2']);
    expect(await api.kube.get({ ...configMap, name: 'none', namespace })).to.equal(undefined);
  });

  it('waits for a change, and for what is removed to be gone', async () => {
    const ref = { ...configMap, name: 'awaited', namespace };
    await api.kube.apply([{ ...configMap, metadata: { name: 'awaited', namespace }, data: { a: '1' } }]);
    const waiting = api.kube.waitFor(
      configMap,
      { namespace, name: 'awaited' },
      ([one]) => (one?.data?.a === '2' ? one.metadata.name : undefined),
      'a to be 2',
    );
    await api.kube.patch([{ object: ref, patch: { data: { a: '2' } } }]);
    expect(await waiting).to.equal('awaited');
    await api.kube.remove([ref, { ...ref, name: 'never-was' }], { wait: true });
    expect(await api.kube.get(ref)).to.equal(undefined);
  });

  it('says what it waited for and what there is, when it waits too long', async () => {
    await api.kube.apply([{ ...configMap, metadata: { name: 'there', namespace } }]);
    const where = { namespace, name: 'there' };
    const error = await errorOf(api.kube.waitFor(configMap, where, () => undefined, 'a miracle', 100));
    expect([error.code, error.exitCode]).to.deep.equal(['wait-timeout', 3]);
    expect(error.message).to.equal(`waited 100 ms for a miracle; there is: ConfigMap ${namespace}/there`);
  });

  it('ends a wait with what the condition throws, and with the reason it was called off', async () => {
    const broken = api.kube.waitFor(
      configMap,
      { namespace },
      () => {
        throw new AssayError('seen', 3, 'seen enough');
      },
      'anything',
    );
    expect((await errorOf(broken)).code).to.equal('seen');
    const called = new AbortController();
    const kube = createKube(api.kubeconfig, called.signal);
    const waiting = kube.waitFor(configMap, { namespace }, () => undefined, 'never');
    called.abort(new AssayError('interrupted', 130, 'interrupted'));
    expect((await errorOf(waiting)).code).to.equal('interrupted');
  });

  it('names the object and quotes the API in its errors', async () => {
    const bad = { ...configMap, metadata: { name: 'Not_A_Name', namespace } };
    const invalid = await errorOf(api.kube.apply([bad]));
    expect(invalid.code).to.equal('api-refused');
    expect(invalid.message).to.match(
      /^cannot apply ConfigMap kube-test\/Not_A_Name: 422 ConfigMap "Not_A_Name" is invalid/,
    );
    const misspelt = await errorOf(api.kube.apply([{ ...configMap, metadata: { name: 'x', namespace }, dta: {} }]));
    expect(misspelt.message).to.contain('.dta: field not declared in schema');
    const nowhere = await errorOf(api.kube.apply([{ ...configMap, metadata: { name: 'x', namespace: 'nowhere' } }]));
    expect(nowhere.message).to.contain('cannot apply ConfigMap nowhere/x');
    const unknown = await errorOf(api.kube.list({ apiVersion: 'example.net/v1', kind: 'Nothing' }));
    expect(unknown.message).to.contain('knows no kind Nothing in example.net/v1');
  });

  it('names the server that refuses, is not trusted, or lets nobody in', async () => {
    const refused = createKube(api.kubeconfig.replace(api.server, 'https://127.0.0.1:1'));
    expect((await errorOf(refused.list(configMap))).message).to.contain('https://127.0.0.1:1: connect ECONNREFUSED');
    const config = JSON.parse(api.kubeconfig);
    delete config.clusters[0].cluster['certificate-authority-data'];
    const untrusted = await errorOf(createKube(JSON.stringify(config)).list(configMap));
    expect(untrusted.message).to.contain(`${api.server}: self-signed certificate`);
    const stranger = await errorOf(createKube(api.kubeconfig.replace('a-token', 'no-token')).list(configMap));
    expect(stranger.message).to.contain('401');
  });

  it('refuses a kubeconfig that does not parse or leads to no cluster', () => {
    expect(() => createKube('{')).to.throw(AssayError, 'the kubeconfig does not parse');
    expect(() => createKube('{}')).to.throw(AssayError, 'no cluster for its current context');
  });
});
