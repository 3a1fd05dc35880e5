import { createServer as createHttp2, createSecureServer, type Http2Stream, type ServerHttp2Session } from 'node:http2';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { expect } from 'chai';
import { createAuthority, type Identity } from '../../../clusters/local/inside/pki.ts';
import type { LoadTarget } from '../../../src/model/load.ts';
import { rawServer } from '../../src/kit/raw-server.ts';
import { carryOut, orderFor, targetAt } from './carry-out.ts';
import { listening } from './listening.ts';

const expected = { status: 200, bodyBytes: 3, servedBy: ['x-assay-backend', 'hit'] } as const;
const secure = (port: number, changes: Partial<LoadTarget> = {}): LoadTarget =>
  targetAt(port, { tls: true, expect: expected, ...changes });
const plain = (port: number, changes: Partial<LoadTarget> = {}): LoadTarget =>
  targetAt(port, { expect: expected, ...changes });

describe('the open-loop engine over TLS', () => {
  let identity: Identity;
  before(async () => {
    identity = await (await createAuthority('nobody knows it')).issue({ name: 'shop', hosts: ['shop.example'] });
  });
  const options = () => ({ cert: identity.certificate, key: identity.key });

  /** Answers as the back-end, and keeps the server names it was asked by. */
  async function secureServer() {
    const names: unknown[] = [];
    const server = createServer({ ...options(), keepAliveTimeout: 60_000 }, (_, response) => {
      response.setHeader('X-Assay-Backend', 'hit');
      response.end('hit');
    });
    server.on('secureConnection', (socket: TLSSocket & { servername?: unknown }) => names.push(socket.servername));
    return { names, ...(await listening(server)) };
  }

  it('names the host, verifies no certificate and keeps its connections', async () => {
    await using server = await secureServer();
    const result = await carryOut(orderFor([secure(server.port)]));
    expect(result.failures).to.deep.equal({});
    expect(result.answered).to.equal(100);
    expect(server.names).to.deep.equal(Array(4).fill('shop.example'));
  });

  it('shakes hands for every request where connections are fresh', async () => {
    await using server = await secureServer();
    const targets = ['one.example', 'two.example'].map((host) => secure(server.port, { host }));
    const result = await carryOut(orderFor(targets, { connectionUse: 'fresh' }));
    expect(result.failures).to.deep.equal({});
    expect(result.connectionsOpened).to.equal(100);
    expect(server.names.filter((name) => name === 'one.example')).to.have.length(50);
  });

  // A server of Node ends TLS by a message, which nobody takes any more: that ends TIME_WAIT too, so the ports would not tell.
  it('ends each by a reset, so that no port is left in TIME_WAIT', async () => {
    const ends: Promise<string | undefined>[] = [];
    const server = createTlsServer(options(), (socket) => {
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\nX-Assay-Backend: hit\r\nContent-Length: 3\r\n\r\nhit'),
      );
      const end = new Promise<string | undefined>((resolve) => {
        socket.on('end', () => resolve('end')).on('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
      });
      ends.push(end);
    });
    await using listener = await listening(server);
    const result = await carryOut(orderFor([secure(listener.port)], { connectionUse: 'fresh' }));
    expect(result.answered).to.equal(100);
    expect(await Promise.all(ends)).to.deep.equal(Array(100).fill('ECONNRESET'));
  });

  it('needs a connection for each server name where they are kept', async () => {
    await using server = await secureServer();
    const targets = ['one.example', 'two.example'].map((host) => secure(server.port, { host }));
    const result = await carryOut(orderFor(targets, { connections: 2 }));
    expect(result.answered).to.equal(100);
    expect([...server.names].sort()).to.deep.equal(['one.example', 'two.example']);
  });

  it('takes what speaks no TLS for malformed', async () => {
    await using server = await rawServer((socket) => socket.on('data', () => socket.write('HTTP/1.1 400 X\r\n\r\n')));
    const result = await carryOut(orderFor([secure(server.port)]));
    expect(result.failures).to.deep.equal({ malformed: 100 });
  });

  it('is refused where nobody listens, reset and closed on where somebody does that', async () => {
    const failuresWith = async (serve: (socket: Socket) => void, gone = false) => {
      const server = await rawServer(serve);
      if (gone) await server[Symbol.asyncDispose]();
      const { failures } = await carryOut(orderFor([secure(server.port)], { connectionUse: 'fresh' }));
      if (!gone) await server[Symbol.asyncDispose]();
      return failures;
    };
    expect(await failuresWith(() => {}, true)).to.deep.equal({ refused: 100 });
    expect(await failuresWith((socket) => socket.once('data', () => socket.resetAndDestroy()))).to.deep.equal({
      reset: 100,
    });
    const closed = await failuresWith((socket) => socket.once('data', () => socket.end()));
    expect((closed['closed-early'] ?? 0) + (closed.reset ?? 0)).to.equal(100);
  });

  it('gives up a handshake that is never answered', async () => {
    await using server = await rawServer((socket) => socket.resume());
    const result = await carryOut(orderFor([secure(server.port)], { timeoutMs: 300 }));
    expect(result.failures).to.deep.equal({ timeout: 100 });
  });

  it('speaks HTTP/2 where it is told to', async () => {
    const server = createSecureServer(options());
    server.on('stream', (stream) => {
      stream.respond({ ':status': 200, 'x-assay-backend': 'hit' });
      stream.end('hit');
    });
    await using listener = await listening(server);
    const result = await carryOut(orderFor([secure(listener.port)], { protocol: 'h2', streams: 3 }));
    expect(result.failures).to.deep.equal({});
    expect(result.answered).to.equal(100);
    expect(result.connectionsOpened).to.equal(4);
  });
});

type OnStream = (
  stream: Http2Stream & { respond: (headers: object) => void },
  path: string,
  session: ServerHttp2Session,
) => void;

describe('the open-loop engine over HTTP/2', () => {
  async function http2Server(onStream: OnStream) {
    const server = createHttp2();
    const sessions: ServerHttp2Session[] = [];
    server.on('session', (session) => sessions.push(session));
    server.on('stream', (stream, headers) => {
      stream.on('error', () => {});
      onStream(stream as never, String(headers[':path']), stream.session as ServerHttp2Session);
    });
    return { sessions, ...(await listening(server)) };
  }
  const hit: OnStream = (stream) => {
    stream.respond({ ':status': 200, 'x-assay-backend': 'hit' });
    stream.end('hit');
  };
  const order = { protocol: 'h2', connections: 2 } as const;

  it('has several requests in flight on one connection where it may', async () => {
    let [now, most] = [0, 0];
    await using server = await http2Server((stream, path, session) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        hit(stream, path, session);
      }, 20);
    });
    const shape = { kind: 'saturation' } as const;
    const result = await carryOut(orderFor([plain(server.port)], { ...order, shape, streams: 5 }));
    expect(result.failures).to.deep.equal({});
    expect(most).to.equal(10);
    expect(result.connectionsOpened).to.equal(2);
  });

  it('sends bodies', async () => {
    let sent = 0;
    await using server = await http2Server((stream, path, session) => {
      stream.on('data', (part: Buffer) => {
        sent += part.length;
      });
      stream.on('end', () => hit(stream, path, session));
    });
    const result = await carryOut(orderFor([plain(server.port, { method: 'POST', bodyBytes: 100_000 })], order));
    expect(result.answered).to.equal(100);
    expect(sent).to.equal(10_000_000);
  });

  it('opens a connection for every request where they are to be fresh', async () => {
    await using server = await http2Server(hit);
    const result = await carryOut(orderFor([plain(server.port)], { ...order, connectionUse: 'fresh' }));
    expect(result.answered).to.equal(100);
    expect(server.sessions).to.have.length(100);
  });

  it('goes over to a new connection when it is told to leave', async () => {
    let asked = 0;
    await using server = await http2Server((stream, path, session) => {
      hit(stream, path, session);
      asked += 1;
      if (asked % 20 === 0) session.close();
    });
    const result = await carryOut(orderFor([plain(server.port)], { ...order, connections: 1 }));
    expect(result.answered + (result.failures.reset ?? 0)).to.equal(100);
    expect(result.answered).to.be.greaterThan(90);
    expect(result.connectionsOpened).to.be.within(4, 6);
  });

  it('asks again what a server that leaves has not seen, and lets nothing else go out twice', async () => {
    let [asked, unseen] = [0, 0];
    const last = new Map<ServerHttp2Session, number>();
    await using server = await http2Server((stream, path, session) => {
      const id = stream.id ?? 0;
      asked += 1;
      if (asked % 20 === 0 && !last.has(session)) {
        last.set(session, id - 8); // as if those in flight had come too late
        session.goaway(0, id - 8);
      }
      setTimeout(() => {
        if (id <= (last.get(session) ?? id)) hit(stream, path, session);
        else unseen += 1;
      }, 10);
    });
    const shape = { kind: 'saturation' } as const;
    const result = await carryOut(orderFor([plain(server.port)], { ...order, connections: 1, shape, streams: 10 }));
    expect(result.failures).to.deep.equal({});
    expect(unseen).to.be.greaterThan(0);
    expect(result.sentAgain).to.be.at.least(unseen); // what comes once it has left, HTTP/2 itself lets pass
    expect(result.answered).to.equal(result.offered);
  });

  const faults: Readonly<Record<string, { cause: string; serve: OnStream }>> = {
    'is reset': { cause: 'reset', serve: (stream) => stream.close(2) },
    'is reset by a server that leaves and has seen it': {
      cause: 'reset',
      serve: (stream, _, session) => {
        session.goaway(0, stream.id);
        stream.close(2);
      },
    },
    'loses its connection': { cause: 'closed-early', serve: (_, __, session) => session.destroy() },
    'is never answered': { cause: 'timeout', serve: () => {} },
    'is answered with 503': {
      cause: 'status-5xx',
      serve: (stream) => {
        stream.respond({ ':status': 503 });
        stream.end('hit');
      },
    },
    'is answered by another back-end': {
      cause: 'wrong-back-end',
      serve: (stream) => {
        stream.respond({ ':status': 200, 'x-assay-backend': 'miss' });
        stream.end('hit');
      },
    },
    'is answered at another length': {
      cause: 'wrong-length',
      serve: (stream) => {
        stream.respond({ ':status': 200, 'x-assay-backend': 'hit' });
        stream.end('longer');
      },
    },
  };
  for (const [title, { cause, serve }] of Object.entries(faults)) {
    it(`has a request fail as ${cause} that ${title}`, async () => {
      await using server = await http2Server(serve);
      const result = await carryOut(
        orderFor([plain(server.port)], { ...order, timeoutMs: cause === 'timeout' ? 300 : 20_000 }),
      );
      expect(result.answered).to.equal(0);
      expect(result.failures).to.deep.equal({ [cause]: 100 });
    });
  }

  it('takes what speaks no HTTP/2 for malformed, and nobody for refused', async () => {
    const server = await rawServer((socket) => socket.on('data', () => socket.write('HTTP/1.1 400 X\r\n\r\n')));
    const speaking = await carryOut(orderFor([plain(server.port)], order));
    expect(speaking.failures).to.deep.equal({ malformed: 100 });
    await server[Symbol.asyncDispose]();
    const gone = await carryOut(orderFor([plain(server.port)], order));
    expect(gone.failures).to.deep.equal({ refused: 100 });
  });
});
