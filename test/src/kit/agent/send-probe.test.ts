import { expect } from 'chai';
import { sendProbe } from '../../../../src/kit/agent/send-probe.ts';
import type { ProbeRequest } from '../../../../src/model/probe.ts';
import { answering, type RawServer, rawServer } from '../raw-server.ts';

const probe = (server: Pick<RawServer, 'port'>, request: Partial<ProbeRequest> = {}) =>
  sendProbe({ address: '127.0.0.1', port: server.port, timeoutMs: 5_000, ...request });

async function failureOf(server: RawServer, request: Partial<ProbeRequest> = {}) {
  const { outcome } = await probe(server, request);
  if (outcome.kind !== 'failed') throw new Error(`answered with ${outcome.status}`);
  return outcome;
}

async function answerOf(server: RawServer, request: Partial<ProbeRequest> = {}) {
  const { outcome } = await probe(server, request);
  if (outcome.kind !== 'answered') throw new Error(`${outcome.cause}: ${outcome.message}`);
  return outcome;
}

/** A server that sends the head and then the part over and over, as fast as it is taken. */
const pouring = (head: string, part: string): Promise<RawServer> =>
  rawServer((socket) => {
    const bytes = Buffer.from(part);
    const pour = () => {
      while (!socket.destroyed && socket.write(bytes));
    };
    socket.on('drain', pour);
    socket.once('data', () => {
      socket.write(head);
      pour();
    });
  });

describe('a probe', () => {
  it('sends exactly the bytes it is told', async () => {
    let got = '';
    await using server = await rawServer((socket) =>
      socket.on('data', (chunk) => {
        got += chunk.toString('latin1');
        if (got.endsWith('hällo')) return;
        if (got.endsWith('h\xc3\xa4llo')) socket.write('HTTP/1.1 204 No Content\r\n\r\n');
      }),
    );
    await answerOf(server, {
      method: 'PURGE',
      path: '/a/../b?%zz#x',
      host: 'UPPER.example:99',
      headers: [
        ['x-b', '2'],
        ['X-A', '1'],
        ['x-b', '3'],
      ],
      body: 'hällo',
    });
    expect(got).to.equal(
      'PURGE /a/../b?%zz#x HTTP/1.1\r\nHost: UPPER.example:99\r\nx-b: 2\r\nX-A: 1\r\nx-b: 3\r\nContent-Length: 6\r\n\r\nh\xc3\xa4llo',
    );
  });

  it('sends no Host where none is given', async () => {
    let got = '';
    await using server = await rawServer((socket) =>
      socket.on('data', (chunk) => {
        got += chunk;
        socket.write('HTTP/1.1 204 No Content\r\n\r\n');
      }),
    );
    await answerOf(server);
    expect(got).to.equal('GET / HTTP/1.1\r\n\r\n');
  });

  it('reads who signed the answer, and its own local address', async () => {
    const head = Buffer.from('GET / HTTP/1.1\r\n\r\n').toString('base64');
    await using server = await answering(
      `HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Assay-Backend: web\r\nX-Assay-Pod: web-1\r\nX-Assay-Namespace: other\r\nX-Assay-Pod-Address: 10.0.0.1\r\nX-Assay-Port: 8081\r\nX-Assay-Peer: 10.0.0.2\r\nX-Assay-Body: 3 abcdef\r\nX-Assay-Head: ${head}\r\nX-Assay-Head-Bytes: 2000\r\n\r\n`,
    );
    const record = await probe(server);
    expect(record.localAddress).to.equal('127.0.0.1');
    expect(record.outcome).to.have.property('servedBy').that.deep.equals({
      backend: 'web',
      pod: 'web-1',
      namespace: 'other',
      podAddress: '10.0.0.1',
      peerAddress: '10.0.0.2',
      port: 8081,
      head: 'GET / HTTP/1.1\r\n\r\n',
      headBytes: 2000,
      bodyBytes: 3,
      bodySha256: 'abcdef',
    });
  });

  it('resolves a name at the place', async () => {
    await using server = await answering('HTTP/1.1 204 No Content\r\n\r\n');
    const { outcome } = await probe(server, { address: 'localhost' });
    expect(outcome.kind).to.equal('answered');
  });

  it('takes a body by its length, in chunks with trailers, or until the close', async () => {
    await using sized = await answering('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello');
    await using chunked = await answering(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n003\r\nllo\r\n0\r\nX-T: 1\r\n\r\n',
    );
    await using closed = await answering('HTTP/1.0 200 OK\r\n\r\nhello', true);
    for (const server of [sized, chunked, closed]) expect((await answerOf(server)).body).to.equal('hello');
  });

  it('expects no body after HEAD, 204 and 304, and skips interim answers', async () => {
    await using head = await answering('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n');
    expect((await answerOf(head, { method: 'HEAD' })).bodyBytes).to.equal(0);
    await using notModified = await answering('HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n');
    expect((await answerOf(notModified)).status).to.equal(304);
    await using interim = await answering(
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
    );
    expect((await answerOf(interim)).status).to.equal(204);
  });

  it('counts all of a long body and keeps 64 KiB', async () => {
    const bytes = 1_000_000;
    await using server = await answering(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n${'x'.repeat(bytes)}`);
    const { body, bodyBytes } = await answerOf(server);
    expect([body.length, bodyBytes]).to.deep.equal([65536, bytes]);
    expect((await answerOf(server, { keptBytes: 100_000 })).body.length).to.equal(100_000);
  });

  it('is refused where nobody listens', async () => {
    const server = await rawServer(() => {});
    await server[Symbol.asyncDispose]();
    expect((await failureOf(server)).cause).to.equal('refused');
  });

  it('is unreachable where the name does not resolve', async () => {
    await using server = await rawServer(() => {});
    expect((await failureOf(server, { address: 'no-such-name.invalid' })).cause).to.equal('unreachable');
  });

  it('is reset where the other side resets', async () => {
    await using server = await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect((await failureOf(server)).cause).to.equal('reset');
  });

  for (const [where, sent] of [
    ['before the first byte', ''],
    ['in the headers', 'HTTP/1.1 200 OK\r\nContent-'],
    ['in a sized body', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel'],
    ['in a chunked body', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel'],
    ['after an interim answer', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ] as const) {
    it(`was closed early ${where}`, async () => {
      await using server = await answering(sent, true);
      expect((await failureOf(server)).cause).to.equal('closed-early');
    });
  }

  for (const [what, sent] of [
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['HTTP/2', 'HTTP/2 200\r\n\r\n'],
    ['a status that is no number', 'HTTP/1.1 2OO OK\r\n\r\n'],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nnonsense\r\n\r\n'],
    ['a space before the colon', 'HTTP/1.1 200 OK\r\nA : b\r\n\r\n'],
    ['a folded header', 'HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n'],
    ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n'],
    ['length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['a chunk size that is none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
    ['a chunk longer than its size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n'],
  ] as const) {
    it(`finds ${what} malformed`, async () => {
      await using server = await answering(sent);
      expect((await failureOf(server)).cause).to.equal('malformed');
    });
  }

  for (const [what, sent] of [
    ['an endless chunk size', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'0'.repeat(5000)}`],
    ['endless headers', `HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(12_000)}`],
    ['endless interim answers', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(3000)],
    [
      'endless trailers',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${'Abcdefgh: ijklmnop\r\n'.repeat(4000)}`,
    ],
  ] as const) {
    it(`gives up on ${what}`, async () => {
      await using server = await answering(sent);
      expect((await failureOf(server)).cause).to.equal('endless');
    });
  }

  const chunk = `1000\r\n${'x'.repeat(4096)}\r\n`;
  for (const [body, head, part] of [
    ['of a length', 'Content-Length: 999999999999', 'x'.repeat(65536)],
    ['in chunks', 'Transfer-Encoding: chunked', chunk.repeat(16)],
    ['until the close', 'X: y', 'x'.repeat(65536)],
  ] as const) {
    it(`gives up on an endless body ${body} well before its time-out, and says how far it came`, async () => {
      await using server = await pouring(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n`, part);
      const { cause, message, received } = await failureOf(server, { timeoutMs: 60_000 });
      expect(cause).to.equal('endless');
      expect(message).to.match(/^given up \d{8} bytes into the body of a 200$/);
      expect(received)
        .to.match(/^HTTP\/1\.1 200 OK/)
        .and.to.have.lengthOf(4096);
    });
  }

  it('takes an answer of 64 MiB', async () => {
    const bytes = 64 * 1024 * 1024;
    await using server = await pouring(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n`, 'x'.repeat(65536));
    expect((await answerOf(server, { timeoutMs: 60_000 })).bodyBytes).to.equal(bytes);
  });

  it('times out on a server that drips into headers or body, and on one that says nothing', async () => {
    const drip = (first: string) =>
      rawServer((socket) => {
        socket.write(first);
        const timer = setInterval(() => socket.write('H'), 1000);
        socket.on('close', () => clearInterval(timer));
      });
    await using headers = await drip('H');
    await using body = await drip('HTTP/1.1 200 OK\r\n\r\nhel');
    await using silent = await rawServer(() => {});
    for (const [server, message, received] of [
      [headers, /: 1 bytes into the headers$/, 'H'],
      [body, /: 3 bytes into the body of a 200$/, 'HTTP/1.1 200 OK\r\n\r\nhel'],
      [silent, /: 0 bytes into the headers$/, undefined],
    ] as const) {
      const failure = await failureOf(server, { timeoutMs: 500 });
      expect(failure.cause).to.equal('timeout');
      expect(failure.message).to.match(message);
      expect(failure.received).to.equal(received);
    }
  });

  it('was closed early or reset where the other side hangs up at once', async () => {
    await using ending = await rawServer((socket) => socket.end());
    expect((await failureOf(ending)).cause).to.equal('closed-early');
    await using resetting = await rawServer((socket) => socket.resetAndDestroy());
    expect((await failureOf(resetting)).cause).to.equal('reset');
  });

  it('keeps what is malformed as evidence, byte for byte', async () => {
    await using server = await answering('HTTP/1.1 200 OK\r\nbad \xff\x00\r\n\r\nbody');
    expect((await failureOf(server)).received).to.equal('HTTP/1.1 200 OK\r\nbad \xff\x00\r\n\r\nbody');
  });

  it('speaks HTTP/1.0 where it is told', async () => {
    let got = '';
    await using server = await rawServer((socket) =>
      socket.on('data', (chunk) => {
        got += chunk;
        socket.write('HTTP/1.1 204 No Content\r\n\r\n');
      }),
    );
    await answerOf(server, { version: '1.0', host: 'a.example' });
    expect(got).to.equal('GET / HTTP/1.0\r\nHost: a.example\r\n\r\n');
  });

  it('asks for a tunnel, whose answer has no body whatever it says, unlike the refusal of one', async () => {
    const sent: string[] = [];
    const tunnel = (status: string) =>
      rawServer((socket) =>
        socket.on('data', (chunk) => {
          sent.push(String(chunk));
          socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 2\r\n\r\nno`);
        }),
      );
    const request = { method: 'CONNECT', path: 'a.example:443', host: 'a.example:443' };
    await using open = await tunnel('200 OK');
    expect(await answerOf(open, request)).to.include({ status: 200, bodyBytes: 0 });
    await using refusing = await tunnel('405 Method Not Allowed');
    expect(await answerOf(refusing, request)).to.include({ status: 405, body: 'no' });
    expect(new Set(sent)).to.deep.equal(new Set(['CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n']));
  });
});
