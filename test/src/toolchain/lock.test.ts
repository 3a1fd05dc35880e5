import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { takeLock } from '../../../src/toolchain/lock.ts';
import { createBench } from './bench.ts';
import { startCompanion } from './processes.ts';

const never = new AbortController().signal;

describe('the lock', () => {
  it('is free again at once after kill -9 of its holder, and a waiter learns who that was', async () => {
    await using bench = await createBench();
    const file = join(bench.folder, 'lock');
    const holder = startCompanion('hold-lock', file);
    expect(await holder.line()).to.equal('held');
    let told = '';
    await using _lock = await takeLock(file, 'me', never, (who) => {
      told = who;
      holder.child.kill('SIGKILL');
    });
    await holder.exited;
    expect(told).to.equal(`process ${holder.pid}: a test`);
  });

  it('is never held by two processes at once', async () => {
    await using bench = await createBench();
    const file = join(bench.folder, 'turns');
    const companions = [1, 2, 3].map(() => startCompanion('count-in-turn', file));
    await Promise.all(companions.map(({ exited }) => exited));
    const turns = (await readFile(file, 'utf8')).trim().split('\n');
    expect(turns).to.have.length(30);
    for (let index = 0; index < turns.length; index += 2) {
      expect(turns[index + 1]).to.equal(turns[index]?.replace('in', 'out'));
    }
  });

  it('is no longer waited for when the signal aborts', async () => {
    await using bench = await createBench();
    const file = join(bench.folder, 'lock');
    await using _held = await takeLock(file, 'first', never, () => {});
    const controller = new AbortController();
    const second = takeLock(file, 'second', controller.signal, () => controller.abort(new Error('enough')));
    expect(await second.catch((error: Error) => error)).to.have.property('message', 'enough');
  });

  it('in a folder that takes none is an error that says what to do', async () => {
    const thrown = await takeLock('/proc/lock', 'me', never, () => {}).catch((error: Error) => error);
    expect(thrown).to.include({ code: 'toolchain-lock', exitCode: 3 });
    expect(thrown).to.have.property('next').that.contains('XDG_CACHE_HOME');
  });
});
