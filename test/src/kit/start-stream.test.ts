import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { expect } from 'chai';
import { createAgents } from '../../../src/kit/agents.ts';
import { CheckFailed } from '../../../src/kit/failure.ts';
import { startStream } from '../../../src/kit/start-stream.ts';
import type { StreamOptions } from '../../../src/kit/stream.ts';
import { guardOf } from '../../../src/kit/stream-guard.ts';
import { localPlace } from './local-place.ts';
import { answering, type RawServer, rawServer, signed } from './raw-server.ts';

const spacingMs = 2;
const to = ({ port }: RawServer, timeoutMs = 5_000): StreamOptions => ({
  place: { kind: 'external' },
  request: { address: '127.0.0.1', port, host: 'a.example', timeoutMs },
  spacingMs,
});
const never = new AbortController().signal;

describe('a stream', () => {
  it('sends at every multiple of the spacing, each over a connection of its own', async () => {
    await using server = await answering(signed('web'));
    await using agents = createAgents(localPlace());
    await using stream = await startStream(agents, to(server), never);
    const [first] = [await stream.until('an answer', () => true, 10_000)];
    await stream.until('an answer', ({ intendedAtMs }) => intendedAtMs >= first.intendedAtMs + 500, 10_000);
    const samples = await stream.stop();
    const intended = samples.map(({ intendedAtMs }) => intendedAtMs).sort((a, b) => a - b);
    for (const [index, atMs] of intended.entries()) {
      expect(atMs - (intended[0] ?? 0)).to.be.closeTo(index * spacingMs, 0.01);
    }
    expect(server.connections()).to.equal(samples.length);
    for (const { intendedAtMs, sentAtMs, endedAtMs, outcome } of samples) {
      expect(sentAtMs).to.be.at.least(intendedAtMs);
      expect(endedAtMs).to.be.at.least(sentAtMs);
      expect(outcome).to.deep.equal({ kind: 'answered', status: 200, backend: 'web', pod: 'web-1' });
    }
  });

  it('is void on a machine where far more tasks want a CPU than there are', async () => {
    await using server = await answering(signed('web'));
    await using agents = createAgents(localPlace());
    await agents.at(to(server).place);
    const crowd = Array.from({ length: 12 * cpus().length }, () => spawn('sh', ['-c', 'while :; do :; done']));
    try {
      await using stream = await startStream(agents, to(server), never);
      await stream.until('twenty answers', () => stream.samples.length >= 20, 30_000);
      const { runnablePerCpu, guard } = guardOf(await stream.stop(), spacingMs);
      expect(runnablePerCpu).to.be.at.least(8);
      expect(guard).to.match(/^void: \d+ tasks wanted each CPU/);
    } finally {
      for (const one of crowd) one.kill('SIGKILL');
      await Promise.all(crowd.map((one) => once(one, 'exit')));
    }
  });

  it('is not held up by answers that do not come, and counts these by cause', async () => {
    await using server = await rawServer((socket, index) =>
      socket.once('data', () => {
        if (index % 2 === 0) socket.write(signed('web'));
      }),
    );
    await using agents = createAgents(localPlace());
    await using stream = await startStream(agents, to(server, 300), never);
    await stream.until('an answer', ({ outcome }) => outcome.kind === 'failed', 10_000);
    const samples = await stream.stop();
    const failed = samples.filter(({ outcome }) => outcome.kind === 'failed');
    const times = samples.map(({ intendedAtMs }) => intendedAtMs).sort((a, b) => a - b);
    for (const { outcome } of failed) expect(outcome).to.deep.equal({ kind: 'failed', cause: 'timeout' });
    expect(times.every((atMs, index) => index === 0 || atMs - (times[index - 1] ?? 0) < spacingMs + 0.01)).to.equal(
      true,
    );
  });

  it('fails the check with the last answer and a curl line where what it waits for does not come', async () => {
    await using server = await answering(signed('web', 404));
    await using agents = createAgents(localPlace());
    await using stream = await startStream(agents, to(server), never);
    await stream.until('an answer', () => true, 10_000);
    const thrown = await stream
      .until('an answer', ({ outcome }) => outcome.kind === 'failed', 50)
      .catch((error) => error);
    expect(thrown).to.be.instanceOf(CheckFailed);
    expect(thrown.failure.actual).to.match(/^none in \d+ requests; the last: status 404 from web$/);
    expect(thrown.failure.curl).to.contain('Host: a.example');
  });

  it('rejects with the reason when it is called off or its agent dies', async () => {
    await using server = await answering(signed('web'));
    const place = localPlace();
    await using agents = createAgents(place);
    const called = new AbortController();
    await using stream = await startStream(agents, to(server), called.signal);
    const waiting = stream.until('an answer', () => false, 10_000).catch((error) => error);
    called.abort(new Error('called off'));
    expect((await waiting).message).to.equal('called off');
    await using other = await startStream(agents, to(server), never);
    const left = other.until('an answer', () => false, 10_000).catch((error) => error);
    process.kill(place.pids()[0] ?? 0, 'SIGKILL');
    expect((await left).code).to.equal('agent-gone');
  });
});
