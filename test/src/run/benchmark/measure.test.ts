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
    const pods = async () => [{ cpuSeconds: await cpuSecondsOf(server.pid), atMs: performance.now(), memoryBytes: 0 }];
    const look = () => async () => ({ side: await pods(), all: await pods() });
    const order = orderTo(server.port, { ...atRate(500), timeoutMs: 4000 });
    const { used, result } = await run(order, { bench: { ...benchHere(), look } });
    expect(result.failures).to.deep.equal({ timeout: 1 });
    // An idle server runs now and then, for some microseconds.
    expect(used?.sideCpus).to.be.greaterThan(0.01);
  });

  it('is by the time at which each pod was read, which may be long after the machine was', async () => {
    let looks = 0;
    const look = async () => {
      const first = looks++ === 0;
      const atMs = performance.now();
      const early = { atMs, cpuSeconds: atMs / 1000, memoryBytes: 0 }; // one CPU all the time
      if (first) await pause(250);
      const late = { atMs: performance.now(), cpuSeconds: performance.now() / 1000, memoryBytes: 0 };
      return { side: [late], all: [early, late], nodes: [early, early, late] };
    };
    const fromMs = Date.now();
    const sampler = startSampler(look, 100);
    await pause(1200);
    const used = await sampler.stop(fromMs, 5000);
    expect(used?.sideCpus).to.be.closeTo(1, 1e-3);
    expect(used?.allCpus).to.be.closeTo(2, 1e-3);
    expect(used?.nodesCpus).to.be.closeTo(3, 1e-3);
  });

  it('is not known of pods of which one was started anew in between', async () => {
    let cpuSeconds = 9;
    const look = async () => ({ all: [{ atMs: performance.now(), cpuSeconds: cpuSeconds--, memoryBytes: 0 }] });
    const fromMs = Date.now();
    const sampler = startSampler(look, 50);
    await pause(300);
    const used = await sampler.stop(fromMs, 5000);
    expect(used?.machine.cpus).to.be.greaterThan(0);
    expect(used?.allCpus).to.equal(undefined);
  });

  it('is known only of a stretch of which somebody says when it was', async () => {
    const sampler = startSampler(undefined, 10);
    await pause(200);
    expect(await sampler.stop(undefined, 1000)).to.equal(undefined);
  });
});
