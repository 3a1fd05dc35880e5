import type { IncomingMessage } from 'node:http';
import {
  createServer as createHttp2,
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { createServer as createHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { expect } from 'chai';
import { createAuthority, type Identity } from '../../clusters/local/inside/pki.ts';
import autocannon from '../../load/autocannon/index.ts';
import h2load from '../../load/h2load/index.ts';
import k6 from '../../load/k6/index.ts';
import wrk from '../../load/wrk/index.ts';
import type { Engine, LoadOrder, LoadResult } from '../../src/model/load.ts';
import { orderTo, programsOf, targetAt } from './order-to.ts';
import { failed, runEngine } from './run-engine.ts';
import { answering, closingAfter, listening } from './wrong-servers.ts';

const rate: Partial<LoadOrder> = { shape: { kind: 'rate', rateRps: 50, arrivals: 'constant' }, connections: 10 };
const programsMs = 600_000;

/** What an engine refuses. */
const cannot: Readonly<Record<string, readonly string[]>> = {
  autocannon: ['a connection for each request', 'HTTP/2 in the clear', 'HTTP/2 over TLS'],
  h2load: ['a connection for each request'],
  k6: ['HTTP/2 in the clear'],
  wrk: ['HTTP/2 in the clear', 'HTTP/2 over TLS'],
};

class Refused extends Error {}
type Carry = (order: LoadOrder) => Promise<LoadResult>;

for (const engine of [autocannon, h2load, k6, wrk] as readonly Engine[])
  describe(`${engine.name} carries out`, () => {
    const shape = engine === k6 ? rate : {};
    let programs: Pick<LoadOrder, 'programs' | 'programEnv'>;
    let identity: Identity;
    before(async function () {
      this.timeout(programsMs);
      programs = await programsOf(engine);
      identity = await (await createAuthority('nobody knows it')).issue({ name: 'shop', hosts: ['shop.example'] });
    });

    const carries = (what: string, test: (carry: Carry) => Promise<void>) => {
      const refused = cannot[engine.name]?.includes(what) ?? false;
      it(refused ? `not: ${what}, and says why` : what, async () => {
        const carried = test(async (order) => {
          const refusal = engine.refuses(order);
          if (refusal !== undefined) throw new Refused(refusal);
          return runEngine(engine, { ...order, ...programs });
        });
        if (!refused) return carried;
        const refusal = await carried.catch((thrown: unknown) => thrown);
        expect(refusal).to.be.instanceOf(Refused).with.property('message').that.contains(engine.name);
      });
    };

    carries('an order by path and host, with nothing in the head that was not asked for', async (carry) => {
      const heads = new Set<string>();
      await using server = await answering((request, response) => {
        heads.add(
          `${request.method} ${request.url} ${request.headers.host} ${request.headers['accept-encoding'] ?? ''}`,
        );
        response.setHeader('X-Assay-Backend', 'hit');
        response.end('hit');
      });
      const result = await carry(orderTo([targetAt(server.port, { path: '/a/b?c=d' })], shape));
      expect(result.failures).to.deep.equal({});
      expect(result.answered).to.be.greaterThan(0);
      expect([...heads]).to.deep.equal(['GET /a/b?c=d shop.example ']);
    });

    carries('bodies that are sent, by the method asked for', async (carry) => {
      const seen = new Set<string>();
      await using server = await answering(async (request, response) => {
        let length = 0;
        for await (const chunk of request) length += chunk.length;
        seen.add(`${request.method} ${length}`);
        response.setHeader('X-Assay-Backend', 'hit');
        response.end('hit');
      });
      const target = targetAt(server.port, { method: 'PUT', bodyBytes: 70_000 });
      const result = await carry(orderTo([target], shape));
      expect(result.failures).to.deep.equal({});
      expect(result.answered).to.be.greaterThan(0);
      expect([...seen]).to.deep.equal(['PUT 70000']);
    });

    carries('targets in turn', async (carry) => {
      const asked = new Map<string, number>();
      await using server = await answering((request, response) => {
        asked.set(request.url ?? '', (asked.get(request.url ?? '') ?? 0) + 1);
        response.setHeader('X-Assay-Backend', 'hit');
        response.end('hit');
      });
      const targets = ['/a', '/b', '/c'].map((path) => targetAt(server.port, { path }));
      const result = await carry(orderTo(targets, { ...shape, connections: 3 }));
      expect(result.failures).to.deep.equal({});
      expect([...asked.keys()]).to.have.members(['/a', '/b', '/c']);
      const counts = [...asked.values()];
      // Each connection takes its turns by itself, and is broken off somewhere at the end.
      expect(Math.max(...counts) - Math.min(...counts)).to.be.at.most(3 * 3);
    });

    carries('a warm-up, of which it counts nothing', async (carry) => {
      let asked = 0;
      const startedAtMs = performance.now();
      let firstAtMs = 0;
      await using server = await answering((_, response) => {
        if (asked === 0) firstAtMs = performance.now() - startedAtMs;
        asked += 1;
        const early = performance.now() - startedAtMs - firstAtMs < 500;
        response.setHeader('X-Assay-Backend', 'hit');
        response.writeHead(early ? 503 : 200).end('hit');
      });
      const result = await carry(orderTo([targetAt(server.port)], { ...shape, warmUpMs: 1000 }));
      expect(result.failures).to.deep.equal({});
      expect(result.answered).to.be.within(1, asked - 1);
    });

    carries('TLS, the host named in the handshake and no certificate verified', async (carry) => {
      const names = new Set<unknown>();
      const server = createHttps({ cert: identity.certificate, key: identity.key }, (_, response) => {
        response.setHeader('X-Assay-Backend', 'hit');
        response.end('hit');
      });
      server.on('secureConnection', (socket: TLSSocket & { servername?: unknown }) => names.add(socket.servername));
      await using at = await listening(server);
      const result = await carry(orderTo([targetAt(at.port, { tls: true })], shape));
      expect(result.failures).to.deep.equal({});
      expect(result.answered).to.be.greaterThan(0);
      expect([...names]).to.deep.equal(['shop.example']);
    });

    carries('a connection for each request', async (carry) => {
      // A port comes round again within a second; a socket does not.
      const sockets = new Set<unknown>();
      let asked = 0;
      await using server = await answering((request, response) => {
        asked += 1;
        sockets.add(request.socket);
        response.setHeader('X-Assay-Backend', 'hit');
        response.end('hit');
      });
      const fresh = { ...rate, ...shape, connectionUse: 'fresh' } as const;
      const result = await carry(
        orderTo([targetAt(server.port)], engine === k6 ? fresh : { connectionUse: 'fresh', connections: 1 }),
      );
      expect(result.failures).to.deep.equal({});
      expect(result.answered).to.be.greaterThan(0);
      expect(sockets.size).to.equal(asked);
    });

    for (const tls of [false, true])
      carries(`HTTP/2 ${tls ? 'over TLS' : 'in the clear'}`, async (carry) => {
        const versions = new Set<string>();
        const hosts = new Set<string>();
        const answer = (request: Http2ServerRequest | IncomingMessage, response: Http2ServerResponse) => {
          versions.add(request.httpVersion);
          hosts.add(String(request.headers[':authority']));
          response.setHeader('X-Assay-Backend', 'hit');
          response.end('hit');
        };
        const server = tls
          ? createSecureServer({ cert: identity.certificate, key: identity.key }, answer)
          : createHttp2(answer);
        await using at = await listening(server);
        const result = await carry(orderTo([targetAt(at.port, { tls })], { ...shape, protocol: 'h2' }));
        expect(result.failures).to.deep.equal({});
        expect(result.answered).to.be.greaterThan(0);
        expect([...versions]).to.deep.equal(['2.0']);
        expect([...hosts]).to.deep.equal(['shop.example']);
      });

    carries(
      'an order against a server that closes connections in good order: none of that is a failure',
      async (carry) => {
        await using server = await closingAfter(5);
        const result = await carry(orderTo([targetAt(server.port)], shape));
        expect(result.failures).to.deep.equal({});
        expect(result.answered).to.be.greaterThan(0);
        expect(failed(result)).to.equal(0);
      },
    );
  });
