import { expect } from 'chai';
import { runLeashed } from '../../../src/toolchain/leash.ts';
import { gone, startCompanion } from './processes.ts';

const never = new AbortController().signal;

describe('a leashed program', () => {
  it('gives its lines and its exit code', async () => {
    const end = await runLeashed(['sh', '-c', 'echo out; echo err >&2; exit 3'], { signal: never });
    if (end.kind !== 'ended') throw new Error('it was not found');
    expect(end.code).to.equal(3);
    expect(end.stdout).to.deep.equal(['out']);
    expect([...end.output].sort()).to.deep.equal(['err', 'out']);
  });

  it('that does not exist is missing, not failed', async () => {
    expect(await runLeashed(['no-such-program-anywhere'], { signal: never })).to.deep.equal({ kind: 'missing' });
  });

  it('ends with everything it started when the signal aborts', async () => {
    const controller = new AbortController();
    let pids: readonly number[] = [];
    const onLine = (line: string) => {
      pids = line.split(' ').map(Number);
      controller.abort(new Error('enough'));
    };
    const thrown = await runLeashed(['sh', '-c', 'sleep 1000 & echo $$ $!; wait'], {
      signal: controller.signal,
      onLine,
    }).catch((error: Error) => error);
    expect(thrown).to.have.property('message', 'enough');
    expect(pids).to.have.length(2);
    for (const pid of pids) await gone(pid);
  });

  it('ends with everything it started when its harness is killed with no time to clean up', async () => {
    const companion = startCompanion('leash');
    const pids = (await companion.line()).split(' ').map(Number);
    expect(pids).to.have.length(2);
    companion.child.kill('SIGKILL');
    await companion.exited;
    for (const pid of pids) await gone(pid);
  });
});
