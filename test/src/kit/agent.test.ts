import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { nowMs } from '../../../src/kit/agent/clock.ts';
import { startAgent } from '../../../src/kit/agent.ts';
import { createAgents } from '../../../src/kit/agents.ts';
import type { Place, PlacedProcess } from '../../../src/model/cluster.ts';
import { compiledModule } from '../../../src/paths.ts';
import { errorOf } from '../error-of.ts';
import { localPlace } from './local-place.ts';
import { answering, rawServer, signed } from './raw-server.ts';

const pod: Place = { kind: 'pod', namespace: 'default', name: 'net-test' };

describe('a probe agent', () => {
  it('imports nothing but node modules and its own siblings', async () => {
    const folder = compiledModule('src/kit/agent');
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.js'))) {
      const source = await readFile(join(folder, file), 'utf8');
      for (const [, from] of source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
        expect(from, file).to.match(/^(node:[\w/]+|\.\/[\w-]+\.js)$/);
      }
    }
  });

  it('probes from a node that has nothing of ours', async () => {
    await using server = await answering(signed('web'));
    await using agent = await startAgent(localPlace(), pod);
    const record = await agent.probe({ address: '127.0.0.1', port: server.port, host: 'a.example' });
    expect(record.vantage).to.equal('pod default/net-test');
    expect(record.outcome).to.have.nested.property('servedBy.backend', 'web');
  });

  it('tells endless from malformed at the place, too', async () => {
    await using server = await answering((index) =>
      index === 0 ? `HTTP/1.1 200 OK\r\nA: ${'b'.repeat(70_000)}` : 'SSH-2.0',
    );
    await using agent = await startAgent(localPlace(), pod);
    for (const cause of ['endless', 'malformed']) {
      expect((await agent.probe({ address: '127.0.0.1', port: server.port })).outcome).to.include({ cause });
    }
  });

  it('tells times by the clock of the harness, though its own is an hour slow', async () => {
    await using server = await answering(signed('web'));
    const slow = `Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin - 3_600_000 });`;
    const { start } = localPlace();
    await using agent = await startAgent(
      { start: (place, argv) => start(place, [...argv.slice(0, -1), slow + argv.at(-1)]) },
      pod,
    );
    const beforeMs = nowMs();
    const { sentAtMs } = await agent.probe({ address: '127.0.0.1', port: server.port });
    expect(sentAtMs).to.be.within(beforeMs - 60_000, nowMs() + 60_000);
  });

  it('answers many probes at the same time, each with its own', async () => {
    await using server = await rawServer((socket) =>
      socket.once('data', (chunk) => {
        const [, path = ''] = chunk.toString().split(' ');
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n${path}`);
      }),
    );
    await using agent = await startAgent(localPlace(), pod);
    const paths = Array.from({ length: 200 }, (_, index) => `/${index}`);
    const records = await Promise.all(
      paths.map((path) => agent.probe({ address: '127.0.0.1', port: server.port, path })),
    );
    expect(records.map(({ outcome }) => outcome.kind === 'answered' && outcome.body)).to.deep.equal(paths);
  });

  it('says that it is gone when its process dies, to those who wait and those who come later', async () => {
    await using server = await rawServer(() => {});
    const place = localPlace();
    await using agent = await startAgent(place, pod);
    const waiting = errorOf(agent.probe({ address: '127.0.0.1', port: server.port }));
    const [pid = 0] = place.pids();
    process.kill(pid, 'SIGKILL');
    const error = await waiting;
    expect(error.code).to.equal('agent-gone');
    expect(error.message).to.equal('the probe agent at pod default/net-test ended (SIGKILL)');
    expect(error.next).to.contain('kubectl -n default describe pod net-test');
    expect(await errorOf(agent.probe({ address: '127.0.0.1', port: server.port }))).to.equal(error);
  });

  it('fails with what the program said where there is no node at the place', async () => {
    const { start } = localPlace();
    const error = await errorOf(
      startAgent({ start: (place) => start(place, ['sh', '-c', 'echo "node: not found" >&2; exit 127']) }, pod),
    );
    expect(error.message).to.equal('the probe agent at pod default/net-test ended (code 127): node: not found');
  });

  it('ends with its input, so that it never outlives the harness', async () => {
    const { start } = localPlace();
    const started: PlacedProcess[] = [];
    await using agent = await startAgent(
      {
        async start(place, argv) {
          const one = await start(place, argv);
          started.push(one);
          return one;
        },
      },
      pod,
    );
    started[0]?.stdin.end();
    expect(await started[0]?.exited).to.deep.equal({ code: 0, signal: null });
    expect(agent.gone.aborted).to.equal(true);
  });
});

describe('the pool of probe agents', () => {
  it('has one agent for each place, and a new one after the old has gone', async () => {
    const place = localPlace();
    await using agents = createAgents(place);
    const [first, same, other] = await Promise.all([agents.at(pod), agents.at(pod), agents.at({ kind: 'external' })]);
    expect(first).to.equal(same);
    expect(other).not.to.equal(first);
    expect(place.pids()).to.have.length(2);
    const gone = once(first.gone, 'abort');
    process.kill(place.pids()[0] ?? 0, 'SIGKILL');
    await gone;
    expect(await agents.at(pod)).not.to.equal(first);
  });

  it('ends every agent when disposed', async () => {
    const place = localPlace();
    {
      await using agents = createAgents(place);
      await agents.at(pod);
    }
    for (const pid of place.pids()) expect(() => process.kill(pid, 0)).to.throw('ESRCH');
  });
});
