import { assert } from 'chai';
import { type Bench, startBench } from './bench.ts';
import { type Started, start } from './pod.ts';

describe('the CRI runtime: exec', () => {
  let bench: Bench;
  let container: Started;
  before(async () => {
    bench = await startBench();
    container = await start(bench, 'setInterval(() => {}, 1e6)', {
      envs: [{ key: 'COLOUR', value: Buffer.from('blue') }],
      working_dir: '/srv/work',
      linux: { security_context: { capabilities: { drop_capabilities: ['ALL'] } } },
    });
  });
  after(() => bench?.[Symbol.asyncDispose]());

  const exec = (cmd: string[], timeout = 0) => bench.runtime('ExecSync', { container_id: container.id, cmd, timeout });

  it('runs inside the container, with its environment, directory, processes and privileges', async () => {
    const { stdout, stderr, exit_code } = await exec([
      ...[
        'sh',
        '-c',
        'echo $COLOUR; pwd; readlink /proc/1/exe | xargs basename; grep CapEff /proc/self/status; echo err >&2; exit 4',
      ],
    ]);
    assert.equal(String(stdout), 'blue\n/srv/work\nnode\nCapEff:\t0000000000000000\n');
    assert.deepEqual([String(stderr), exit_code], ['err\n', 4]);
  });

  it('ends with 127 and says which program is not there', async () => {
    const { stderr, exit_code } = await exec(['no-such-program']);
    assert.equal(exit_code, 127);
    assert.include(String(stderr), 'no-such-program');
  });

  it('kills everything the command started when it takes too long', async () => {
    const error = await exec(['sh', '-c', 'sleep 456789 & sleep 456789'], 1).catch((thrown: unknown) => thrown);
    assert.deepInclude(error, { code: 4 });
    assert.notInclude(await bench.inside('ps', '-eo', 'args'), 'sleep 456789');
    assert.equal((await container.status()).state, 'CONTAINER_RUNNING');
  });

  it('is refused where the container does not run', async () => {
    const ended = await start(bench, '');
    await ended.ended();
    const error = await bench.runtime('ExecSync', { container_id: ended.id, cmd: ['true'] }).catch((thrown) => thrown);
    assert.deepInclude(error, { code: 9 });
  });
});
