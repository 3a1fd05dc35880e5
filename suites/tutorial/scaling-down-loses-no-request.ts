import { nowMs } from '../../src/kit/agent/clock.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { tutorial } from '../../src/kit/requirement.ts';
import { othersGone, readyPods, scale } from '../../src/kit/scale.ts';
import { expectNoFault } from '../../src/kit/stream-guard.ts';
import { timeouts } from '../../src/model/timeouts.ts';

const deployment = 'deploy-test-2';
const labels = { app: 'web-front-end', version: 'v2' };
const spacingMs = 2;
/** How long requests go on once the pods are gone: a controller that still sends to one is seen to. */
const afterwardsMs = 1000;

export default defineCheck({
  id: 'tutorial/scaling-down-loses-no-request',
  title: 'deploy-test-2 scaled from 4 to 2, its pods draining for 6 s: no request is lost',
  level: 'convention',
  requirement: tutorial(
    'the ingress controller can just query the API server to get a list of pods that are currently alive and match the selector for the service.',
  ),
  after: 'ingress',
  exclusive: 'backend-svc-2',
  async run(kit) {
    const { place, address, port } = await kit.resolve('nodePort');
    const options = { place, request: { address, port, host: 'website9090.com' }, spacingMs };
    try {
      await scale(kit, deployment, 4);
      const [four] = await Promise.all([
        readyPods(kit, labels, 4),
        kit.converge({ via: 'nodePort', host: 'website9090.com', servedBy: deployment }),
      ]);
      await using stream = await kit.stream(options);
      for (const { name } of four) {
        await stream.until(
          `an answer of pod ${name}`,
          ({ outcome }) => outcome.kind === 'answered' && outcome.pod === name,
          timeouts.convergeMs,
        );
      }
      const change = await scale(kit, deployment, 2);
      const left = new Set((await readyPods(kit, labels, 2)).map(({ name }) => name));
      await othersGone(kit, labels, 2);
      const goneAtMs = nowMs();
      await stream.until(
        'requests to go on after the pods are gone',
        ({ sentAtMs }) => sentAtMs >= goneAtMs + afterwardsMs,
        timeouts.convergeMs,
      );
      const samples = await stream.stop();
      const lastFromRemoved = samples.findLast(
        ({ outcome }) => outcome.kind === 'answered' && outcome.pod !== undefined && !left.has(outcome.pod),
      );
      kit.record(
        'last answer of a removed pod, ms after the API’s answer',
        (lastFromRemoved?.endedAtMs ?? Number.NaN) - change.answeredAtMs,
      );
      expectNoFault(kit, samples, options, [deployment], 'no request to fail while the pool shrinks');
    } finally {
      await scale(kit, deployment, 2);
      await readyPods(kit, labels, 2);
    }
  },
});
