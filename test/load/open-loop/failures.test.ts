import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect } from 'chai';
import type { LoadFailure, LoadTarget } from '../../../src/model/load.ts';
import { rawServer } from '../../src/kit/raw-server.ts';
import { carryOut, orderFor, targetAt } from './carry-out.ts';

const hit = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-Assay-Backend: hit\r\n\r\nhit';
const signed: Partial<LoadTarget> = { expect: { status: 200, bodyBytes: 3, servedBy: ['x-assay-backend', 'hit'] } };
const anyLength: Partial<LoadTarget> = { expect: { status: 200 } };

/** Answers whatever comes with these bytes. */
const answers = (bytes: string) => (socket: Socket) => socket.on('data', () => socket.write(bytes, 'latin1'));

/** Sends without end, as fast as it is read. */
function endless(socket: Socket, head: string, part: string): void {
  socket.once('data', () => {
    const more = () => {
      while (!socket.destroyed && socket.write(part));
    };
    socket.on('drain', more).write(head);
    more();
  });
}

const faults: Readonly<
  Record<string, { cause: LoadFailure; serve: (socket: Socket) => void; target?: Partial<LoadTarget> }>
> = {
  'is reset': { cause: 'reset', serve: (socket) => socket.once('data', () => socket.resetAndDestroy()) },
  'is never answered': { cause: 'timeout', serve: (socket) => socket.resume() },
  'is closed on without an answer': {
    cause: 'closed-early',
    serve: (socket) => socket.once('data', () => socket.end()),
  },
  'is closed on within the body': {
    cause: 'closed-early',
    serve: (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi')),
  },
  'is answered with garbage': { cause: 'malformed', serve: answers('\x16\x03\x01 what?\r\n\r\n') },
  'is answered with two lengths': {
    cause: 'malformed',
    serve: answers('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nhit'),
  },
  'is answered twice': { cause: 'malformed', serve: answers(hit + hit) },
  'is answered with a broken chunk': {
    cause: 'malformed',
    serve: answers('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhitnot\r\n0\r\n\r\n'),
  },
  'is answered with 404': { cause: 'status-4xx', serve: answers('HTTP/1.1 404 X\r\nContent-Length: 3\r\n\r\nhit') },
  'is answered with 503': {
    cause: 'status-5xx',
    serve: answers('HTTP/1.1 503 X\r\nContent-Length: 9\r\n\r\nsome page'),
  },
  'is redirected': { cause: 'wrong-status', serve: answers('HTTP/1.1 302 X\r\nContent-Length: 0\r\n\r\n') },
  'is answered at another length': {
    cause: 'wrong-length',
    serve: answers('HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\nhi'),
  },
  'is answered by another back-end': {
    cause: 'wrong-back-end',
    serve: answers(hit.replace('Backend: hit', 'Backend: miss')),
    target: signed,
  },
  'is answered by nobody known': {
    cause: 'wrong-back-end',
    serve: answers('HTTP/1.1 200 X\r\nContent-Length: 3\r\n\r\nhit'),
    target: signed,
  },
  'is answered without end': {
    cause: 'wrong-length',
    serve: (socket) => endless(socket, 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(65_536)),
  },
  'is answered without end where any length will do': {
    cause: 'timeout',
    serve: (socket) => endless(socket, 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(65_536)),
    target: anyLength,
  },
  'is answered with headers without end': {
    cause: 'malformed',
    serve: (socket) => endless(socket, 'HTTP/1.1 200 OK\r\n', `X-More: ${'x'.repeat(1000)}\r\n`),
  },
  'is answered a byte at a time and never whole': {
    cause: 'timeout',
    serve: (socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n');
        const timer = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => clearInterval(timer));
      });
    },
    target: anyLength,
  },
};

describe('a request of the open-loop engine', () => {
  for (const [title, { cause, serve, target }] of Object.entries(faults)) {
    it(`has failed as ${cause} where it ${title}`, async () => {
      await using server = await rawServer(serve);
      const result = await carryOut(
        orderFor([targetAt(server.port, target)], { timeoutMs: cause === 'timeout' ? 400 : 20_000 }),
      );
      expect(result.offered).to.equal(100);
      expect(result.answered).to.equal(0);
      expect(result.failures).to.have.all.keys(cause);
    });
  }

  it('has failed as refused where nobody listens', async () => {
    const server = await rawServer(() => {});
    await server[Symbol.asyncDispose]();
    const result = await carryOut(orderFor([targetAt(server.port)]));
    expect(result.failures).to.deep.equal({ refused: 100 });
  });

  it('is refused while the target is away, and answered once it is back', async () => {
    let answered = 0;
    const open = new Set<Socket>();
    const server = createServer((socket) => {
      open.add(socket);
      socket
        .on('error', () => {})
        .on('data', () => {
          answered += 1;
          if (answered === 30) vanish();
          else socket.write(hit, 'latin1');
        });
    });
    function vanish(): void {
      server.close();
      for (const socket of open) socket.destroy();
      setTimeout(() => server.listen(port, '127.0.0.1'), 100);
    }
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const result = await carryOut(orderFor([targetAt(port)], { durationMs: 1500 }));
    server.close();
    expect(result.offered).to.equal(300);
    expect(result.failures.refused).to.be.greaterThan(0);
    expect(result.answered).to.be.greaterThan(30);
  });

  it('that was never sent for want of a free connection is counted, as one that ran out of time', async () => {
    await using server = await rawServer((socket) => socket.resume());
    const result = await carryOut(orderFor([targetAt(server.port)], { connections: 1, timeoutMs: 400 }));
    expect(result.failures).to.deep.equal({ timeout: 100 });
    expect(result.generator.dropped).to.be.within(50, 99);
  });

  it('that waits in a queue until after the measured time is answered, and not within it', async () => {
    await using server = await rawServer((socket) =>
      socket.on('data', () => setTimeout(() => socket.write(hit, 'latin1'), 10)),
    );
    // 200 requests/s to a server that answers 100 at most.
    const result = await carryOut(orderFor([targetAt(server.port)], { connections: 1 }));
    expect(result.answered).to.equal(100);
    expect(result.answeredWithin).to.be.at.most(50);
    expect(result.seconds.map(({ answered }) => answered)).to.deep.equal([100]);
  });

  it('is counted while the memory for those that wait stays the same: a rate that no thread can reach ends too', async () => {
    await using server = await rawServer(answers(hit));
    const shape = { kind: 'rate', rateRps: 400_000, arrivals: 'poisson' } as const;
    const result = await carryOut(orderFor([targetAt(server.port)], { shape, timeoutMs: 300 }));
    expect(result.offered).to.be.within(190_000, 210_000);
    expect(result.answered).to.be.greaterThan(0);
    expect(result.generator.dropped).to.be.greaterThan(0);
    expect(result.failures.timeout).to.be.at.least(result.generator.dropped);
  });
});
