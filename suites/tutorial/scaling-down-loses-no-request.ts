import { defineCheck } from '../../src/kit/check.ts';
import { tutorial } from '../../src/kit/requirement.ts';
import { readyPods, scale } from '../../src/kit/scale.ts';
import { expectNoFaults, faultsOf, guardOf } from '../../src/kit/stream-guard.ts';
import { timeouts } from '../../src/model/timeouts.ts';

const deployment = 'deploy-test-2';
const labels = { app: 'web-front-end', version: 'v2' };
const spacingMs = 2;

export default defineCheck({
  id: 'tutorial/scaling-down-loses-no-request',
  title: 'deploy-test-2 scaled from 4 to 2, its pods draining for 8 s: no request is lost',
  level: 'convention',
  requirement: tutorial(
    'The ingress controller can query the API server to get a list of pods that are currently alive.',
  ),
  after: 'ingress',
  exclusive: true,
  async run(kit) {
    await kit.converge({ via: 'nodePort', host: 'website9090.com', servedBy: deployment });
    const { place, address, port } = await kit.resolve('nodePort');
    const request = { address, port, host: 'website9090.com' };
    try {
      await scale(kit, deployment, 4);
      const four = await readyPods(kit, labels, 4);
      await using stream = await kit.stream({ place, request, spacingMs });
      for (const { name } of four) {
        await stream.until(
          `an answer of pod ${name}`,
          ({ outcome }) => outcome.kind === 'answered' && outcome.pod === name,
          timeouts.convergeMs,
        );
      }
      const change = await scale(kit, deployment, 2);
      const left = new Set((await readyPods(kit, labels, 2)).map(({ name }) => name));
      const samples = await stream.stop();
      const faults = faultsOf(samples, [deployment]);
      const lastFromRemoved = samples.findLast(
        ({ outcome }) => outcome.kind === 'answered' && outcome.pod !== undefined && !left.has(outcome.pod),
      );
      kit.record(
        'last answer of a removed pod, ms after the API’s answer',
        (lastFromRemoved?.endedAtMs ?? Number.NaN) - change.answeredAtMs,
      );
      const guard = guardOf(samples, spacingMs);
      kit.record('requests meanwhile', { ...guard, faults });
      expectNoFaults(faults, guard, 'no request to fail while the pool shrinks');
    } finally {
      await scale(kit, deployment, 2);
      await readyPods(kit, labels, 2);
    }
  },
});
