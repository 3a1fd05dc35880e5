import { nowMs } from '../../src/kit/agent/clock.ts';
import type { Change } from '../../src/kit/change.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { readyEndpoints } from '../../src/kit/endpoints.ts';
import { type Attempt, eventually } from '../../src/kit/eventually.ts';
import { type Listing, poolHistory } from '../../src/kit/pool-history.ts';
import { tutorial } from '../../src/kit/requirement.ts';
import { readyPods, scale } from '../../src/kit/scale.ts';
import { expectNoFault } from '../../src/kit/stream-guard.ts';
import { timeouts } from '../../src/model/timeouts.ts';

const deployment = 'deploy-test-2';
const service = 'backend-svc-2';
const labels = { app: 'web-front-end', version: 'v2' };
const spacingMs = 2;

export default defineCheck({
  id: 'tutorial/scaling-up-grows-the-pool',
  title: 'deploy-test-2 scaled from 2 to 4: each new pod is listed in the pool and serves, and no request fails',
  level: 'convention',
  requirement: tutorial('After a couple of seconds VTS will show the newly deployed pods as part of the pool.'),
  features: ['pool'],
  after: 'default-back-end',
  exclusive: true,
  async run(kit) {
    const before = new Set((await readyPods(kit, labels, 2)).map(({ name }) => name));
    await kit.converge({ via: 'nodePort', host: 'website9090.com', servedBy: deployment });
    const { place, address, port } = await kit.resolve('nodePort');
    const options = { place, request: { address, port, host: 'website9090.com' }, spacingMs };
    await using stream = await kit.stream(options);
    const listings: Listing[] = [{ atMs: nowMs(), members: await kit.controller.pool(service) }];
    let known: Parameters<typeof poolHistory>[3] = [];
    let scaled: Change | undefined;
    try {
      const change = await scale(kit, deployment, 4);
      scaled = change;
      const [pods, endpoints] = await Promise.all([
        readyPods(kit, labels, 4),
        eventually('four members in the pool of backend-svc-2', async (): Promise<Attempt<readonly string[]>> => {
          const members = await kit.controller.pool(service);
          listings.push({ atMs: nowMs(), members });
          const ready = await readyEndpoints(kit, service);
          const isWhole = ready.length === 4 && ready.every((endpoint) => members.includes(endpoint));
          return isWhole && members.length === 4 ? { done: ready } : { seen: members.join(' ') };
        }),
      ]);
      const grown = pods.filter(({ name }) => !before.has(name));
      // Those that were there had been Ready before anybody looked.
      known = pods.map((pod) => (before.has(pod.name) ? { name: pod.name, address: pod.address } : pod));
      const figures = [];
      for (const { name, address: pod, readyAtMs } of grown) {
        const { endedAtMs } = await stream.until(
          `an answer of the new pod ${name}`,
          ({ outcome }) => outcome.kind === 'answered' && outcome.pod === name,
          timeouts.convergeMs,
        );
        const member = endpoints.find((endpoint) => endpoint.startsWith(`${pod}:`)) ?? '';
        const listed = listings.findIndex(({ members }) => members.includes(member));
        const listedAtMs = listings[listed]?.atMs ?? Number.NaN;
        figures.push({
          pod: name,
          readyMs: readyAtMs - change.answeredAtMs,
          readyToServedMs: endedAtMs - readyAtMs,
          readyToListedMs: listedAtMs - readyAtMs,
          // It was not in the listing before; it may have come at any time since then.
          listedResolutionMs: listedAtMs - Math.max(listings[listed - 1]?.atMs ?? 0, change.requestedAtMs),
        });
      }
      // Once more, so that the record reaches as far as the answers; what cannot be read now refutes nothing.
      const members = await kit.controller.pool(service).catch(() => undefined);
      if (members) listings.push({ atMs: nowMs(), members });
      const samples = await stream.stop();
      kit.record('new pods', Object.fromEntries(figures.map((figure, index) => [index + 1, figure])));
      expectNoFault(kit, samples, options, [deployment], 'no request to fail while the pool grows');
    } finally {
      if (scaled) kit.record('pool over time', poolHistory(scaled, listings, stream.samples, known));
      await scale(kit, deployment, 2);
      await readyPods(kit, labels, 2);
    }
  },
});
