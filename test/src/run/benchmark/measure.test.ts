import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { startSampler } from '../../../../src/run/benchmark/sampler.ts';
import { atRate, benchHere, orderTo, run, serving } from './bench.ts';

/** CPU seconds that a process has used so far. */
async function cpuSecondsOf(pid: number): Promise<number> {
  const [ns = ''] = (await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ');
  return Number(ns) / 1e9;
}

describe('what is used by a run', function () {
  this.timeout(30_000);

  it('is that of the measured time, though its last request is awaited long after', async () => {
    await using server = await serving('(request, response, answer, count) => { if (count !== 400) answer(); }');
    const pods = async () => ({ cpuSeconds: await cpuSecondsOf(server.pid), memoryBytes: 0 });
    const look = () => async () => ({ side: await pods(), all: await pods() });
    const order = orderTo(server.port, { ...atRate(500), timeoutMs: 4000 });
    const { used, result } = await run(order, { bench: { ...benchHere(), look } });
    expect(result.failures).to.deep.equal({ timeout: 1 });
    // An idle server runs now and then, for some microseconds.
    expect(used?.sideCpus).to.be.greaterThan(0.01);
  });

  it('is known only of a stretch of which somebody says when it was', async () => {
    const sampler = startSampler(undefined, 10);
    await pause(200);
    expect(await sampler.stop(undefined, 1000)).to.equal(undefined);
  });
});
