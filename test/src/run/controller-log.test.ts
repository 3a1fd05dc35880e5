import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createKube } from '../../../src/kube/create-kube.ts';
import { controllerLog } from '../../../src/run/controller-log.ts';

const where = { namespace: 'a', labels: { app: 'proxy' } };
const startMs = Date.UTC(2026, 0, 1);
const time = (ms: number): string => new Date(startMs + ms).toISOString().replace('Z', '000000Z');
const check = { sinceMs: startMs, untilMs: startMs + 1000, about: 'the-check.path.example' };

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

  const logOf = (lines: number, text: (index: number) => string): string =>
    Array.from({ length: lines }, (_, index) => `${time(index)} ${text(index)}\n`).join('');

  it('is the last 20 lines, and less where they are long: a report has room for so much', async () => {
    await using short = await apiWith([pod('p', ['proxy'])], { 'p/proxy': logOf(100, String) });
    expect(await controllerLog(short.kube, where, check)).to.deep.equal(
      Array.from({ length: 20 }, (_, index) => `${time(80 + index)} ${80 + index}`),
    );
    const long = logOf(100, (index) => `${index} ${'x'.repeat(5000)}`);
    await using api = await apiWith([pod('p', ['proxy'])], { 'p/proxy': long });
    const lines = await controllerLog(api.kube, where, check);
    expect(lines.at(-1)).to.match(/ 99 x+ … \(4003 more characters\)$/);
    expect(lines.join('').length).to.be.within(6_000, 8_000);
  });

  it('has the lines that name the check’s host before those of others, all in order', async () => {
    const log = logOf(100, (index) =>
      index % 40 === 5 ? `GET the-check.path.example ${index}` : `GET other ${index}`,
    );
    await using api = await apiWith([pod('p', ['proxy'])], { 'p/proxy': log });
    const lines = await controllerLog(api.kube, where, check);
    expect(lines.filter((line) => line.includes('the-check')).map((line) => line.split(' ').at(-1))).to.deep.equal([
      '5',
      '45',
      '85',
    ]);
    expect(lines).to.have.length(20);
    expect([...lines].sort()).to.deep.equal(lines);
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
