import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect } from 'chai';
import type { LoadOrder, LoadShape } from '../../../src/model/load.ts';
import { decodeHistogram } from '../../../src/stats/histogram.ts';
import { rawServer } from '../../src/kit/raw-server.ts';
import { failed } from '../run-engine.ts';
import { carryOut, orderFor, targetAt } from './carry-out.ts';
import { listening } from './listening.ts';
import { timeWaitTo } from './time-wait.ts';

/** A server that answers every request so, and counts them by host and path. */
async function counting(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked = new Map<string, number>();
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const key = `${request.headers.host}${request.url}`;
    asked.set(key, (asked.get(key) ?? 0) + 1);
    answer(request, response);
  });
  return { asked, ...(await listening(server)) };
}

const hit = (_: IncomingMessage, response: ServerResponse) => response.end('hit');
const timesUs = (base64: string) => decodeHistogram(base64);

describe('the open-loop engine', () => {
  it('sends as many requests as fall into the time, whatever comes back', async () => {
    await using server = await counting(hit);
    const result = await carryOut(orderFor([targetAt(server.port)], { warmUpMs: 200, durationMs: 1500 }));
    expect(result.offered).to.equal(300);
    expect(result.answered).to.equal(300);
    expect(result.seconds.map(({ offered }) => offered)).to.deep.equal([200, 100]);
    expect(server.asked.get('shop.example/'), 'the warm-up is sent and not counted').to.equal(340);
    expect(result.bytesReceived).to.equal(900);
    expect(timesUs(result.latency?.histogram ?? '').totalCount).to.equal(300);
    expect(timesUs(result.sendLag ?? '').totalCount).to.equal(300);
  });

  it('sends at random times that follow from the seed', async () => {
    await using server = await counting(hit);
    const shape: LoadShape = { kind: 'rate', rateRps: 400, arrivals: 'poisson' };
    const offered = async (seed: number) =>
      (await carryOut(orderFor([targetAt(server.port)], { shape, durationMs: 1000, seed }))).offered;
    const [first, again, other] = [await offered(1), await offered(1), await offered(2)];
    expect(first).to.equal(again).and.to.not.equal(other);
    expect(first).to.be.within(300, 500);
  });

  it('counts from when a request was to be sent, though its connection was busy until long after', async () => {
    let first = true;
    await using server = await counting((request, response) => {
      setTimeout(() => hit(request, response), first ? 300 : 0);
      first = false;
    });
    // One connection: what is due in those 300 ms waits behind the first request, for 295, 290, 285 ms and so on.
    const result = await carryOut(orderFor([targetAt(server.port)], { connections: 1 }));
    expect(result.answered).to.equal(100);
    const latency = timesUs(result.latency?.histogram ?? '');
    expect(latency.maxValue).to.be.at.least(299_000);
    expect(latency.getValueAtPercentile(80)).to.be.at.least(190_000);
    expect(result.waitedForConnection).to.be.at.least(58);
  });

  it('has every connection carry one request after the other under saturation', async () => {
    let [now, most] = [0, 0];
    await using server = await counting((_, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        response.end('hit');
      }, 5);
    });
    const result = await carryOut(orderFor([targetAt(server.port)], { shape: { kind: 'saturation' }, connections: 8 }));
    expect(failed(result)).to.equal(0);
    expect(most).to.equal(8);
    expect(result.connectionsOpened).to.equal(8);
    expect(result.latency?.since).to.equal('sent');
    expect(timesUs(result.latency?.histogram ?? '').minNonZeroValue).to.be.at.least(4000);
  });

  it('asks its targets in turn, each by its own host and path', async () => {
    await using server = await counting(hit);
    const targets = ['one', 'two', 'three', 'four'].map((name) =>
      targetAt(server.port, { name, host: `${name}.example`, path: `/${name}?x=1` }),
    );
    await carryOut(orderFor(targets, { threads: 2 }));
    expect(Object.fromEntries(server.asked)).to.deep.equal({
      'one.example/one?x=1': 25,
      'two.example/two?x=1': 25,
      'three.example/three?x=1': 25,
      'four.example/four?x=1': 25,
    });
  });

  it('lets an endpoint that stalls hold up no other', async () => {
    await using silent = await rawServer((socket) => socket.resume());
    await using server = await counting(hit);
    const targets = [targetAt(silent.port, { name: 'silent' }), targetAt(server.port)];
    const result = await carryOut(orderFor(targets, { connections: 2, timeoutMs: 300 }));
    expect(result.answered).to.equal(50);
    expect(result.failures).to.deep.equal({ timeout: 50 });
  });

  it('shares the load among threads, and adds up what they saw', async () => {
    await using server = await counting(hit);
    const result = await carryOut(orderFor([targetAt(server.port)], { threads: 3, durationMs: 1000 }));
    expect(result.offered).to.equal(200);
    expect(result.answered).to.equal(200);
    expect(result.connectionsOpened).to.equal(4);
  });

  it('opens a connection for every request where they are to be fresh, and leaves no port in TIME_WAIT', async () => {
    const closed: (string | undefined)[] = [];
    await using server = await counting((request, response) => {
      closed.push(request.headers.connection);
      response.end('hit');
    });
    const left = timeWaitTo(server.port);
    const result = await carryOut(orderFor([targetAt(server.port)], { connectionUse: 'fresh' }));
    expect(result.answered).to.equal(100);
    expect(result.connectionsOpened).to.equal(100);
    expect(new Set(closed)).to.deep.equal(new Set(['close']));
    expect(left()).to.deep.equal([]);
  });

  it('goes on where the server ends a connection after some requests', async () => {
    await using server = await counting((_, response) => response.end('hit'));
    server.server.maxRequestsPerSocket = 10;
    const result = await carryOut(orderFor([targetAt(server.port)], { connections: 2 }));
    expect(result.answered).to.equal(100);
    expect(result.connectionsOpened).to.be.within(10, 12);
  });

  for (const [what, bodyBytes] of [
    ['small', 1000],
    ['long', 1_048_576],
  ] as const) {
    it(`sends and receives ${what} bodies, in chunks as well`, async () => {
      let sent = 0;
      await using server = await counting((request, response) => {
        request.on('data', (part: Buffer) => {
          sent += part.length;
        });
        request.on('end', () => {
          const body = Buffer.alloc(bodyBytes, 'x');
          if (request.url === '/whole') response.setHeader('Content-Length', bodyBytes);
          response.write(body.subarray(0, 100));
          response.end(body.subarray(100));
        });
      });
      const expected = { status: 200, bodyBytes };
      const targets = ['/whole', '/chunked'].map((path) =>
        targetAt(server.port, { path, method: 'POST', bodyBytes, expect: expected }),
      );
      const shape = { kind: 'rate', rateRps: 40, arrivals: 'constant' } as const;
      const result = await carryOut(orderFor(targets, { shape }));
      expect(result.answered).to.equal(20);
      expect(result.bytesReceived).to.equal(20 * bodyBytes);
      expect(sent).to.equal(20 * bodyBytes);
    });
  }

  it('ends in time where the other side reads nothing of a body', async () => {
    await using server = await rawServer((socket) => socket.pause());
    const target = targetAt(server.port, { method: 'POST', bodyBytes: 16 * 1024 * 1024 });
    const shape = { kind: 'rate', rateRps: 20, arrivals: 'constant' } as const;
    const result = await carryOut(orderFor([target], { shape, timeoutMs: 300 }));
    expect(result.failures).to.deep.equal({ timeout: 10 });
  });

  it('tells how busy it was', async () => {
    await using server = await counting(hit);
    const order: LoadOrder = orderFor([targetAt(server.port)]);
    const { generator } = await carryOut(order);
    expect(generator.cpuShare).to.be.within(0.0001, 1.5);
    expect(generator.eventLoopLagP99Us).to.be.greaterThan(0);
    expect(generator.peakMemoryBytes).to.be.greaterThan(20_000_000);
    expect(generator.dropped).to.equal(0);
  });
});
