import { nowMs } from '../../src/kit/agent/clock.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { type Attempt, eventually } from '../../src/kit/eventually.ts';
import { CheckFailed } from '../../src/kit/failure.ts';
import { tutorial } from '../../src/kit/requirement.ts';
import { readyPods, scale } from '../../src/kit/scale.ts';
import { expectNoFaults, faultsOf, guardOf } from '../../src/kit/stream-guard.ts';
import { timeouts } from '../../src/model/timeouts.ts';

const deployment = 'deploy-test-2';
const labels = { app: 'web-front-end', version: 'v2' };
const spacingMs = 2;

export default defineCheck({
  id: 'tutorial/scaling-up-grows-the-pool',
  title: 'deploy-test-2 scaled from 2 to 4: each new pod is listed in the pool and serves, and no request fails',
  level: 'convention',
  requirement: tutorial('After a couple of seconds VTS will show the newly deployed pods as part of the pool.'),
  features: ['pool'],
  after: 'ingress',
  exclusive: true,
  async run(kit) {
    const before = new Set((await readyPods(kit, labels, 2)).map(({ name }) => name));
    await kit.converge({ via: 'nodePort', host: 'website9090.com', servedBy: deployment });
    const { place, address, port } = await kit.resolve('nodePort');
    await using stream = await kit.stream({ place, request: { address, port, host: 'website9090.com' }, spacingMs });
    try {
      const change = await scale(kit, deployment, 4);
      const listedAtMs = new Map<string, number>();
      const [pods] = await Promise.all([
        readyPods(kit, labels, 4),
        eventually('four members in the pool of backend-svc-2', async (): Promise<Attempt<true>> => {
          const members = await kit.controller.pool('backend-svc-2');
          for (const member of members) if (!listedAtMs.has(member)) listedAtMs.set(member, nowMs());
          return members.length === 4 ? { done: true } : { seen: members.join(' ') };
        }),
      ]);
      const grown = pods.filter(({ name }) => !before.has(name));
      const figures = [];
      for (const { name, address: pod, readyAtMs } of grown) {
        const { endedAtMs } = await stream.until(
          `an answer of the new pod ${name}`,
          ({ outcome }) => outcome.kind === 'answered' && outcome.pod === name,
          timeouts.convergeMs,
        );
        const listed = listedAtMs.get(`${pod}:9090`);
        if (listed === undefined) {
          throw new CheckFailed({ expected: `${pod}:9090 in the pool`, actual: [...listedAtMs.keys()].join(' ') });
        }
        figures.push({
          pod: name,
          readyMs: readyAtMs - change.answeredAtMs,
          readyToServedMs: endedAtMs - readyAtMs,
          readyToListedMs: listed - readyAtMs,
        });
      }
      const samples = await stream.stop();
      const faults = faultsOf(samples, [deployment]);
      kit.record('new pods', figures);
      const guard = guardOf(samples, spacingMs);
      kit.record('requests meanwhile', { ...guard, faults });
      expectNoFaults(faults, guard, 'no request to fail while the pool grows');
    } finally {
      await scale(kit, deployment, 2);
      await readyPods(kit, labels, 2);
    }
  },
});
