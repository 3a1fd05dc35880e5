import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { expect } from 'chai';
import engine from '../../../load/open-loop/index.ts';
import { runEngine } from '../run-engine.ts';
import { orderFor, targetAt } from './carry-out.ts';
import { listening } from './listening.ts';

/** How many threads of a process go before all that is ordinary. */
const goingFirst = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).filter((id) => {
    const fields = readFileSync(`/proc/${pid}/task/${id}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[38] === '2';
  }).length;

describe('a generator that goes before others', () => {
  for (const [before, threads, which] of [
    [['chrt', '--rr', '1'], 2, 'only the thread that sends and the one that wakes it'],
    [[], 0, 'no thread of one that was not started so'],
  ] as const)
    it(`is ${which}`, async function () {
      if (spawnSync('chrt', ['--rr', '1', 'true']).status !== 0) return this.skip(); // an ordinary user may not
      let seen: number | undefined;
      await using server = await listening(
        createServer((_, response) => {
          seen ??= goingFirst(pid);
          response.end('hit');
        }),
      );
      let pid = 0;
      const order = orderFor([targetAt(server.port)], { durationMs: 200 });
      await runEngine(engine, order, before, (started) => {
        pid = started;
      });
      expect(seen).to.equal(threads);
    });
});
