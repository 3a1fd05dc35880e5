import { expect } from 'chai';
import type { LookAtPods } from '../../../../src/run/benchmark/sampler.ts';
import { benchHere, guardNamed, orderTo, run, serving } from './bench.ts';

const usage = () => [{ atMs: performance.now(), cpuSeconds: 1, memoryBytes: 1 }];

describe('a look at the pods that fails', () => {
  async function runWith(look: LookAtPods) {
    await using server = await serving();
    return await run(orderTo(server.port), { bench: { ...benchHere(), look: () => look } });
  }

  it('leaves a gap, and the run its result', async () => {
    let looks = 0;
    const measured = await runWith(async () => {
      looks += 1;
      if (looks === 3) throw new Error('docker exec failed');
      return { side: usage(), all: usage() };
    });
    expect(looks).to.be.greaterThan(3);
    expect(measured.result.answered).to.be.greaterThan(0);
    expect(guardNamed('watched', measured)?.held).to.equal(true);
  });

  it('voids the run where it never succeeds', async () => {
    const measured = await runWith(() => Promise.reject(new Error('docker exec failed')));
    expect(measured.result.answered).to.be.greaterThan(0);
    expect(guardNamed('watched', measured)?.held).to.equal(false);
  });
});
