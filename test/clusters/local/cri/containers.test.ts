import { assert } from 'chai';
import { type Bench, startBench } from './bench.ts';
import { start } from './pod.ts';

describe('the CRI runtime: containers', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench?.[Symbol.asyncDispose]());

  it('runs a program to its end and keeps its exit code and output', async () => {
    const container = await start(bench, 'console.log("out"); console.error("err"); process.exit(3)');
    const { exit_code, reason } = await container.ended();
    assert.deepEqual(
      { exit_code, reason, log: await container.log() },
      { exit_code: 3, reason: 'Error', log: 'out\nerr\n' },
    );
  });
});
