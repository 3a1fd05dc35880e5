import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createKube } from '../../../src/kube/create-kube.ts';
import { controllerLog } from '../../../src/run/controller-log.ts';

const where = { namespace: 'a', labels: { app: 'proxy' } };
const startMs = Date.UTC(2026, 0, 1);
const time = (ms: number): string => new Date(startMs + ms).toISOString().replace('Z', '000000Z');
const check = { sinceMs: startMs, untilMs: startMs + 1000 };

const pod = (name: string, containers: readonly string[]) => ({
  metadata: { name, namespace: 'a' },
  spec: { containers: containers.map((container) => ({ name: container })) },
});

/** An API that has these pods; what a container has logged is its text, and one without has none to give. */
async function apiWith(pods: readonly object[], logs: Readonly<Record<string, string>>) {
  const asked: URL[] = [];
  const server = createServer((request, answer) => {
    const url = new URL(request.url ?? '', 'http://api');
    asked.push(url);
    const [, name] = /\/pods\/([^/]+)\/log$/.exec(url.pathname) ?? [];
    if (name !== undefined) {
      const log = logs[`${name}/${url.searchParams.get('container')}`];
      answer.statusCode = log === undefined ? 500 : 200;
      answer.end(log ?? '{"message": "the kubelet is busy"}');
    } else if (url.pathname === '/api/v1') {
      answer.end(JSON.stringify({ resources: [{ name: 'pods', kind: 'Pod', namespaced: true }] }));
    } else {
      answer.end(JSON.stringify({ metadata: { resourceVersion: '1' }, items: pods }));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kubeconfig = JSON.stringify({
    'current-context': 'x',
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
    clusters: [{ name: 'x', cluster: { server: url } }],
    users: [{ name: 'x', user: {} }],
  });
  return {
    kube: createKube(kubeconfig),
    asked,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

describe('the log of a controller', () => {
  it('is what its pod logged while the check ran, asked from its beginning on', async () => {
    const log = [-1, 0, 400, 1000, 1001].map((ms) => `${time(ms)} at ${ms}\n`).join('');
    await using api = await apiWith([pod('proxy-1', ['proxy'])], { 'proxy-1/proxy': log });
    expect(await controllerLog(api.kube, where, check)).to.deep.equal(
      [0, 400, 1000].map((ms) => `${time(ms)} at ${ms}`),
    );
    const [, list, read] = api.asked;
    expect(list?.searchParams.get('labelSelector')).to.equal('app=proxy');
    expect(Object.fromEntries(read?.searchParams ?? [])).to.deep.include({
      sinceTime: '2026-01-01T00:00:00.000Z',
      timestamps: 'true',
    });
  });

  it('is merged by time of all containers of all pods, and says whose each line is', async () => {
    await using api = await apiWith([pod('p1', ['proxy', 'sync']), pod('p2', ['proxy'])], {
      'p1/proxy': `${time(30)} third\n`,
      'p1/sync': `${time(10)} first\n${time(40)} last\n`,
      'p2/proxy': `${time(20)} second\n`,
    });
    const lines = await controllerLog(api.kube, where, check);
    expect(lines.map((line) => line.replace(/^\S+ /, ''))).to.deep.equal([
      '[p1/sync] first',
      '[p2/proxy] second',
      '[p1/proxy] third',
      '[p1/sync] last',
    ]);
  });

  it('is the last 20 lines, each cut to what a report has room for', async () => {
    const log = Array.from({ length: 100 }, (_, index) => `${time(index)} ${index} ${'x'.repeat(5000)}\n`).join('');
    await using api = await apiWith([pod('p', ['proxy'])], { 'p/proxy': log });
    const lines = await controllerLog(api.kube, where, check);
    expect(lines).to.have.length(20);
    expect(lines.at(-1)).to.match(/ 99 x+ … \(4003 more characters\)$/);
    expect(lines.join('').length).to.be.below(25_000);
  });

  it('is empty where it cannot be read, and what else can be read is kept', async () => {
    await using api = await apiWith([pod('p', ['proxy', 'broken'])], { 'p/proxy': `${time(5)} fine\n` });
    expect(await controllerLog(api.kube, where, check)).to.deep.equal([`${time(5)} [p/proxy] fine`]);
    await using silent = await apiWith([pod('p', ['broken'])], {});
    expect(await controllerLog(silent.kube, where, check)).to.deep.equal([]);
    const gone = createKube(deadKubeconfig);
    expect(await controllerLog(gone, where, check)).to.deep.equal([]);
  });
});

/** Of an API that nobody serves. */
const deadKubeconfig = JSON.stringify({
  'current-context': 'x',
  contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
  clusters: [{ name: 'x', cluster: { server: 'http://127.0.0.1:1' } }],
  users: [{ name: 'x', user: {} }],
});
