import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { sendProbe } from '../../../src/kit/agent/send-probe.ts';
import { confirmationsAfter, converge, type RowHistory } from '../../../src/kit/converge.ts';
import type { Expectation } from '../../../src/kit/expectation.ts';
import { CheckFailed } from '../../../src/kit/failure.ts';
import { AssayError } from '../../../src/model/errors.ts';
import type { ProbeRequest } from '../../../src/model/probe.ts';
import { answering, type RawServer, rawServer, signed } from './raw-server.ts';

const never = new AbortController().signal;

/** Sends rows to one server. */
const sender =
  ({ port }: RawServer) =>
  async ({ host, path }: Expectation) => {
    const request: ProbeRequest = {
      address: '127.0.0.1',
      port,
      host: host ?? undefined,
      ...(path !== undefined && { path }),
    };
    return { vantage: 'external', request, ...(await sendProbe({ ...request, timeoutMs: 5_000 })) };
  };

/** Pseudo-random numbers below 1 (mulberry32), the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('converge', () => {
  it('asks for more after each relapse, so that all chances of a fault to pass stay below what is allowed', () => {
    const chances = Array.from({ length: 50 }, (_, relapses) => 0.95 ** (confirmationsAfter(relapses, 0.99, 0.05) - 1));
    expect(chances.reduce((sum, chance) => sum + chance)).to.be.below(0.01);
    expect([0, 1, 2].map((relapses) => confirmationsAfter(relapses, 0.99, 0.05))).to.deep.equal([105, 118, 132]);
    expect(confirmationsAfter(999, 0.99, 0.05)).to.equal(13_605);
  });

  it('passes rows that hold, each with its confirmations over fresh connections', async () => {
    await using server = await answering(signed('web'));
    const rows = Array.from({ length: 12 }, (_, index): Expectation => ({ host: `h${index}`, servedBy: 'web' }));
    const convergence = await converge(rows, {}, sender(server), never);
    let probes = 0;
    for (const row of convergence.rows) {
      expect(row.confirmations).to.be.at.least(105);
      expect([row.lastWrongMs, row.flaps]).to.deep.equal([undefined, 0]);
      probes += row.probes;
    }
    expect(server.connections()).to.equal(probes);
  });

  it('waits until a row holds, and says when it was last wrong', async () => {
    await using server = await answering((index) => signed('web', index < 3 ? 404 : 200));
    const { rows } = await converge([{ servedBy: 'web' }], {}, sender(server), never);
    expect(rows[0]?.lastWrongMs).to.be.below(rows[0]?.firstCorrectMs ?? 0);
    expect(rows[0]?.flaps).to.equal(0);
  });

  it('does not confirm a row that expects nobody before the others hold', async () => {
    let right = 0;
    await using server = await rawServer((socket, index) =>
      socket.once('data', (chunk) => {
        // Nothing is there for the first 30 requests; then all goes to one back-end, the host that nobody should serve too.
        const isThere = index >= 30;
        if (isThere && !chunk.toString().includes('none.example')) right += 1;
        socket.write(isThere ? signed('web') : 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
      }),
    );
    const rows: Expectation[] = [
      { host: 'none.example', servedBy: 'nobody', status: 404 },
      { host: 'web.example', servedBy: 'web' },
    ];
    const thrown = await converge(rows, { timeoutMs: 3_000 }, sender(server), never).catch((error) => error);
    expect(thrown).to.be.instanceOf(CheckFailed);
    expect(thrown.failure.expected).to.equal('status 404 from none of our back-ends');
    expect(right).to.be.above(0);
  });

  it('counts each relapse as a flap and starts the run anew', async () => {
    const wrong = new Set([10, 20, 21, 40]);
    await using server = await answering((index) => signed(wrong.has(index) ? 'other' : 'web'));
    const { rows } = await converge([{ servedBy: 'web' }], {}, sender(server), never);
    expect(rows[0]?.flaps).to.be.within(3, 4); // 20 and 21 are one relapse, unless their answers overtake one another
    expect(rows[0]?.confirmations).to.be.at.least(confirmationsAfter(3, 0.99, 0.05));
    expect(rows[0]?.probes).to.be.at.least(41 + confirmationsAfter(3, 0.99, 0.05));
  });

  for (const oneIn of [3, 5, 10]) {
    it(`fails a server that is wrong one time in ${oneIn}, with evidence`, async () => {
      const next = random(oneIn);
      await using server = await answering(() => signed(next() < 1 / oneIn ? 'other' : 'web'));
      const thrown = await converge(
        [{ host: 'a.example', servedBy: 'web' }],
        { timeoutMs: 1_000, confidence: 0.9999999 },
        sender(server),
        never,
      ).catch((error) => error);
      expect(thrown).to.be.instanceOf(CheckFailed);
      const { expected, actual, curl, probe } = (thrown as CheckFailed).failure;
      expect(expected).to.equal('status 200 from web');
      expect(actual).to.match(/^status 200 from other \(wrong again \d+ times in \d+ requests over \d+ ms/);
      expect(curl).to.contain("-H 'Host: a.example'");
      expect(probe?.outcome).to.have.nested.property('servedBy.backend', 'other');
    });
  }

  it('fails at the first wrong answer where what is asked for is in force', async () => {
    await using server = await answering((index) => signed(index === 50 ? 'other' : 'web'));
    const thrown = await converge([{ servedBy: 'web' }], { inForce: true }, sender(server), never).catch(
      (error) => error,
    );
    expect(thrown).to.be.instanceOf(CheckFailed);
    expect(thrown.failure.actual).to.match(/^status 200 from other \(wrong again 1 times/);
    expect(server.connections()).to.be.within(51, 60);
  });

  it('holds nothing against a row that came right in time and was never wrong again, however slow the machine', async () => {
    await using server = await rawServer((socket, index) =>
      socket.once('data', async () => {
        if (index >= 3) await pause(40); // ninety of them, four at a time, take longer than the time-out
        socket.write(signed(index < 3 ? 'two' : 'web'));
      }),
    );
    const { rows } = await converge([{ servedBy: 'web' }], { timeoutMs: 400 }, sender(server), never);
    expect(rows[0]?.flaps).to.equal(0);
  });

  it('tells what came of each row, when it turned and how it ended, also where one was refuted', async () => {
    await using server = await answering((index) => signed('web', index < 2 ? 404 : 200));
    const rows: Expectation[] = [{ servedBy: 'web' }, { path: '/two', servedBy: 'two' }];
    let seen: readonly RowHistory[] = [];
    const seeing = { timeoutMs: 300, seen: (histories: readonly RowHistory[]) => (seen = histories) };
    await converge(rows, seeing, sender(server), never).catch(() => {});
    expect(seen.map(({ expectation }) => expectation)).to.deep.equal(rows);
    expect(seen[0]?.turns.map(({ correct }) => correct).at(-1)).to.equal(true);
    expect(seen[0]?.turns.at(-1)?.atMs).to.equal(seen[0]?.firstCorrectMs);
    expect(seen[1]?.firstCorrectMs).to.equal(undefined);
    expect(seen[1]?.turns).to.deep.equal([{ atMs: seen[1]?.turns[0]?.atMs, correct: false }]);
    expect(seen[1]?.endedMs).to.be.at.least(300);
  });

  it('fails with the row that never held', async () => {
    await using server = await answering(signed('web'));
    const rows: Expectation[] = [{ servedBy: 'web' }, { path: '/two', servedBy: 'two' }];
    const thrown = await converge(rows, { timeoutMs: 200 }, sender(server), never).catch((error) => error);
    expect(thrown.failure.expected).to.equal('status 200 from two');
    expect(thrown.failure.actual).to.match(/^status 200 from web \(never right in \d+ requests over \d+ ms\)$/);
  });

  it('throws what the sender throws, and the reason it was called off with, never a failed check', async () => {
    await using server = await answering(signed('web'));
    const gone = new AssayError('agent-gone', 3, 'gone');
    const send = () => Promise.reject(gone);
    expect(await converge([{}], {}, send, never).catch((error) => error)).to.equal(gone);
    const cluster = new AssayError('cluster-failed', 3, 'etcd died');
    const waiting = converge([{ servedBy: 'two' }], {}, sender(server), AbortSignal.abort(cluster));
    expect(await waiting.catch((error) => error)).to.equal(cluster);
  });
});
