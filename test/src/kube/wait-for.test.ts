import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createApiClient } from '../../../src/kube/api-client.ts';
import { watchUntil } from '../../../src/kube/wait-for.ts';

const kind = { apiVersion: 'v1', kind: 'ConfigMap' };
const resource = { root: '/api/v1', plural: 'configmaps', namespaced: true };

/** A server that lists one object, named after how often it was asked, and does with each watch as the test says. */
async function listingServer(watch: (answer: ServerResponse) => void) {
  let lists = 0;
  const server = createServer((request, answer) => {
    if (request.url?.includes('watch=true')) return watch(answer);
    lists += 1;
    answer.end(
      JSON.stringify({
        metadata: { resourceVersion: String(lists) },
        items: [{ metadata: { name: `list-${lists}` } }],
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kubeconfig = JSON.stringify({
    'current-context': 'x',
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
    clusters: [{ name: 'x', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'x', user: {} }],
  });
  return {
    secondList: () =>
      watchUntil(
        createApiClient(kubeconfig),
        resource,
        kind,
        {},
        ([one]) => (one?.metadata.name === 'list-2' ? one.metadata.name : undefined),
        new AbortController().signal,
        50,
      ),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

describe('a watch', () => {
  for (const [what, watch] of [
    ['falls silent', (answer) => answer.flushHeaders()],
    ['ends', (answer) => answer.end()],
    ['breaks in the middle of a line', (answer) => answer.write('{"type":"ADD', () => answer.destroy())],
    ['is told that its version is gone', (answer) => answer.writeHead(410).end()],
    ['errs', (answer) => answer.write('{"type":"ERROR","object":{"code":410}}\n')],
  ] as [string, (answer: ServerResponse) => void][]) {
    it(`that ${what} is followed by a new list`, async () => {
      await using server = await listingServer(watch);
      expect(await server.secondList()).to.equal('list-2');
    });
  }
});
