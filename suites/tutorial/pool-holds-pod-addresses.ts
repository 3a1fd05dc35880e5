import { defineCheck } from '../../src/kit/check.ts';
import { readyEndpoints } from '../../src/kit/endpoints.ts';
import { type Attempt, eventually } from '../../src/kit/eventually.ts';
import { tutorial } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'tutorial/pool-holds-pod-addresses',
  title: 'the pools list the pods, not the Service: by the controller’s own account and by what the back-ends saw',
  level: 'convention',
  requirement: tutorial('The upstream pools listed the actual pod IP addresses.'),
  features: ['pool'],
  after: 'ingress',
  async run(kit) {
    for (const [host, service] of [
      ['website8080.com', 'backend-svc-1'],
      ['website9090.com', 'backend-svc-2'],
    ] as const) {
      const pods = await readyEndpoints(kit, service);
      const expected = [...pods].sort().join(' ');
      const pool = await eventually(
        `the pool of ${service} to be ${expected}`,
        async (): Promise<Attempt<readonly string[]>> => {
          const members = await kit.controller.pool(service);
          const seen = [...members].sort().join(' ');
          return seen === expected ? { done: members } : { seen };
        },
      );
      const served = new Set<string>();
      const controllers = (await kit.controller.pods()).map((pod) => pod.address);
      await eventually(
        `every member of ${expected} to serve, its peer being the controller's pod`,
        async (): Promise<Attempt<true>> => {
          const { place, address, port } = await kit.resolve('controller');
          const { outcome } = await kit.probe(place, { address, port, host });
          const by = outcome.kind === 'answered' ? outcome.servedBy : undefined;
          if (by === undefined) return { seen: 'an answer from nobody of ours' };
          if (!controllers.includes(by.peerAddress))
            return { seen: `a peer of ${by.peerAddress}, not ${controllers.join(' ')}` };
          served.add(by.podAddress);
          const missing = pods.filter((member) => !served.has(member.slice(0, member.lastIndexOf(':'))));
          return missing.length === 0 ? { done: true } : { seen: `no answer from ${missing.join(' ')}` };
        },
      );
      kit.record(service, { pool, readyEndpoints: pods, controller: controllers });
    }
  },
});
