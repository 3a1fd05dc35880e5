import { expect } from 'chai';
import { createKit, type KitOptions } from '../../../src/kit/create-kit.ts';
import { CheckFailed } from '../../../src/kit/failure.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import { type Controller, defineController } from '../../../src/model/controller.ts';
import { AssayError, environmentError } from '../../../src/model/errors.ts';
import { timeouts } from '../../../src/model/timeouts.ts';
import { type ApiServer, apiServer } from '../kube/api-server.ts';
import { pod, writeStatus } from '../kube/objects.ts';
import { localPlace } from './local-place.ts';
import { answering, type RawServer, rawServer, signed } from './raw-server.ts';

const namespace = 'kit-test';

const signedHere = (backend: string, status?: number): string => signed(backend, status, namespace);

const controllerAt = (http: number, status: number): Controller =>
  defineController({
    name: 'stand-in',
    title: 'Stand-in',
    version: '1',
    homepage: 'https://example.org',
    images: [],
    ingressClass: 'stand-in',
    manifests: async () => [],
    podLabels: { app: 'controller' },
    ports: { http, https: 0, status },
    pool: async (read, { name }) => JSON.parse(await read({ port: status, path: '/pools' }))[name] ?? [],
    knownDeviations: [],
  });

const jsonPage = (value: unknown): string => {
  const text = JSON.stringify(value);
  return `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
};

describe('a kit', function () {
  this.timeout(0); // the first run may have to build the API server
  let api: ApiServer;
  const failed = new AbortController();

  before(async () => {
    api = await apiServer();
    await api.kube.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  });

  function kitFor(http: Pick<RawServer, 'port'>, more: Partial<KitOptions> = {}) {
    const cluster: Cluster = {
      ...localPlace(),
      provider: 'none',
      name: 'none',
      kubeconfig: api.kubeconfig,
      nodes: [{ name: 'node1', address: '127.0.0.1' }],
      capabilities: [],
      versions: {},
      failed: failed.signal,
      collectLogs: async () => [],
      [Symbol.asyncDispose]: async () => {},
    };
    return createKit({
      cluster,
      kube: api.kube,
      controller: controllerAt(http.port, http.port),
      settings: { namespace, ingressClass: 'stand-in' },
      ground: { name: 'check', host: 'check.area.example', namespace, ingressClass: 'stand-in' },
      netTest: { namespace, name: 'net-test' },
      signal: new AbortController().signal,
      record: () => {},
      ...more,
    });
  }

  async function controllerPod(name: string, ready: boolean): Promise<void> {
    const object = pod(namespace, name, { app: 'controller' });
    await api.kube.apply([object]);
    await writeStatus(api, object, {
      phase: 'Running',
      podIP: '127.0.0.1',
      podIPs: [{ ip: '127.0.0.1' }],
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    });
  }

  it('says why no pod of the controller is Ready', async () => {
    await controllerPod('controller-0', false);
    await using kit = kitFor({ port: 1 });
    const thrown = await kit.resolve('controller').catch((error) => error);
    expect(thrown.code).to.equal('controller-not-ready');
    expect(thrown.message).to.equal(
      `no pod of Stand-in is Ready in ${namespace}\npod ${namespace}/controller-0: NotReady (phase Running)`,
    );
  });

  it('finds every road', async () => {
    await controllerPod('controller-1', true);
    await api.kube.apply([
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace }, spec: { ports: [{ port: 8080 }] } },
    ]);
    const service = await api.kube.get({ apiVersion: 'v1', kind: 'Service', name: 'web', namespace });
    const netTest = { kind: 'pod', namespace, name: 'net-test' };
    const external = { kind: 'external' };
    await using kit = kitFor({ port: 8000 });
    expect(await kit.resolve('controller')).to.deep.equal({ place: netTest, address: '127.0.0.1', port: 8000 });
    expect(await kit.resolve('nodePort')).to.deep.equal({ place: external, address: '127.0.0.1', port: 30000 });
    expect(await kit.resolve({ nodePort: 32767 })).to.deep.equal({
      place: external,
      address: '127.0.0.1',
      port: 32767,
    });
    expect(await kit.resolve({ service: 'web', by: 'name' })).to.deep.equal({
      place: netTest,
      address: `web.${namespace}.svc.cluster.local`,
      port: 8080,
    });
    expect(await kit.resolve({ service: 'web', by: 'address' })).to.deep.equal({
      place: netTest,
      address: service?.spec.clusterIP,
      port: 8080,
    });
    expect(await kit.resolve({ externalIP: '10.9.9.9', port: 80 })).to.deep.equal({
      place: external,
      address: '10.9.9.9',
      port: 80,
    });
    for (const road of [{ nodePort: 30000, node: 1 }, { service: 'none', by: 'name' } as const]) {
      expect(await kit.resolve(road).catch((error) => error)).to.be.instanceOf(AssayError);
    }
  });

  it('converges by the road to the controller, and fails with a curl line from net-test', async () => {
    await controllerPod('controller-1', true);
    await using server = await answering(signedHere('web'));
    await using kit = kitFor(server);
    const { rows } = await kit.converge({ host: 'a.example', servedBy: 'web' });
    expect(rows[0]?.lastProbe.vantage).to.equal(`pod ${namespace}/net-test`);
    const thrown = await kit.converge({ host: 'a.example', servedBy: 'two' }, { timeoutMs: 200 }).catch((e) => e);
    expect(thrown).to.be.instanceOf(CheckFailed);
    expect(thrown.failure.curl).to.match(/# from pod kit-test\/net-test$/);
  });

  it('gives what the controller is known to get wrong a quarter of the time', async () => {
    await using server = await answering(signedHere('api'));
    const waited = async (known: boolean) => {
      await using kit = kitFor(server, { known, settleMs: 2_000 });
      const error = await kit.converge({ servedBy: 'web' }).catch((thrown: unknown) => thrown);
      const { actual } = (error as CheckFailed).failure;
      return Number(/over (\d+) ms/.exec(actual)?.[1]);
    };
    const quarter = await waited(true);
    expect(quarter).to.be.at.least(500);
    expect(await waited(false))
      .to.be.at.least(2_000)
      .and.above(quarter);
  });

  it('gives it a quarter of the time to settle where there is no Ingress yet, a tenth of the time-out later', async () => {
    const { convergeMs, settleMs } = timeouts;
    Object.assign(timeouts, { convergeMs: 20_000, settleMs: 2_000 });
    try {
      await using server = await answering(signedHere('api'));
      const waited = async (unrouted: boolean) => {
        await using kit = kitFor(server, { known: true, unrouted });
        const error = await kit.converge({ servedBy: 'web' }).catch((thrown: unknown) => thrown);
        return Number(/over (\d+) ms/.exec((error as CheckFailed).failure.actual)?.[1]);
      };
      const before = await waited(true);
      expect(before).to.be.at.least(500);
      expect(await waited(false))
        .to.be.at.least(2_000)
        .and.above(before);
    } finally {
      Object.assign(timeouts, { convergeMs, settleMs });
    }
  });

  it('takes a controller for caught up only once it serves each back-end of the cast', async () => {
    await controllerPod('controller-1', true);
    // The endpoints of `other` come in late, as on a road of their own.
    let left = 30;
    await using server = await rawServer((socket) =>
      socket.once('data', (request) => {
        const [, backend = ''] = /^Host: (\w+)\./im.exec(`${request}`) ?? [];
        if (backend === 'other') left -= 1;
        socket.end(signedHere(backend, backend === 'other' && left >= 0 ? 503 : 200));
      }),
    );
    await using kit = kitFor(server);
    expect(await kit.caughtUp()).to.be.at.least(timeouts.settleMs);
    expect(left).to.be.below(0);
  });

  it('looks for the way to the controller once, and again after a request on it has failed or something was changed', async () => {
    await using server = await answering(signedHere('web'));
    const routes: NonNullable<KitOptions['routes']> = new Map();
    await using kit = kitFor(server, { routes });
    await kit.converge({ servedBy: 'web' });
    const [found] = routes.values();
    await using another = kitFor(server, { routes });
    await another.converge({ servedBy: 'web' });
    expect([...routes.values()]).to.deep.equal([found]);
    await kit.change([]);
    expect(routes.size).to.equal(0);

    const nowhere = Promise.resolve({ place: { kind: 'external' as const }, address: '127.0.0.1', port: 1 });
    const key = `${namespace} "controller"`;
    routes.set(key, nowhere);
    await kit.converge({ servedBy: 'web' });
    expect(await routes.get(key)).to.include({ port: server.port });
  });

  it('sends the address as Host where a row names none, as every client does, and none only for null', async () => {
    await controllerPod('controller-1', true);
    await using server = await rawServer((socket) =>
      socket.once('data', (chunk) => {
        const [, host] = /^Host: (.*)\r$/m.exec(chunk.toString()) ?? [];
        socket.write(signedHere(host ?? 'no host'));
      }),
    );
    await using kit = kitFor(server);
    await kit.converge([
      { servedBy: `127.0.0.1:${server.port}` },
      { host: 'a.example', servedBy: 'a.example' },
      { host: null, servedBy: 'no host' },
    ]);
  });

  it('names an answer from another namespace a stranger’s, though the back-end has the name that was asked for', async () => {
    await controllerPod('controller-1', true);
    await using server = await answering(signed('web', 200, 'elsewhere'));
    await using kit = kitFor(server);
    const thrown = await kit.converge({ host: 'a.example', servedBy: 'web' }, { timeoutMs: 200 }).catch((e) => e);
    expect(thrown).to.be.instanceOf(CheckFailed);
    expect(thrown.failure.actual).to.match(/^status 200 from web of elsewhere /);
  });

  it("reads a pool from the controller's own page", async () => {
    await controllerPod('controller-1', true);
    await using server = await answering(jsonPage({ web: ['10.0.0.1:80'] }));
    await using kit = kitFor(server);
    expect(await kit.controller.pool('web')).to.deep.equal(['10.0.0.1:80']);
    expect(await kit.controller.pool('none')).to.deep.equal([]);
  });

  it('errs, naming the page, where the page is not to be had', async () => {
    await controllerPod('controller-1', true);
    await using server = await answering(signedHere('web', 503));
    await using kit = kitFor(server);
    const thrown = await kit.controller.pool('web').catch((error) => error);
    expect(thrown.message).to.equal(`http://127.0.0.1:${server.port}/pools of Stand-in answered 503`);
  });

  it('says when the API answered a change', async () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', name: 'changed', namespace };
    await api.kube.apply([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'changed', namespace } }]);
    await using kit = kitFor({ port: 1 });
    const { requestedAtMs, answeredAtMs } = await kit.change([{ object, patch: { data: { a: '1' } } }]);
    expect(answeredAtMs).to.be.above(requestedAtMs);
    expect((await api.kube.get(object))?.data).to.deep.equal({ a: '1' });
  });

  it('never takes what it sees of a failed cluster for evidence', async () => {
    await controllerPod('controller-1', true);
    await using server = await answering(signedHere('web'));
    await using kit = kitFor(server);
    const waiting = kit.converge({ servedBy: 'two' }).catch((error) => error);
    const died = environmentError('component-died', 'etcd died');
    failed.abort(died);
    expect(await waiting).to.equal(died);
    const late = await kit.probe({ kind: 'external' }, { address: '127.0.0.1', port: server.port }).catch((e) => e);
    expect(late).to.equal(died);
  });
});
