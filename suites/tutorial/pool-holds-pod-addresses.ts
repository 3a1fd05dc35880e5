import { defineCheck } from '../../src/kit/check.ts';
import { readyEndpoints } from '../../src/kit/endpoints.ts';
import { type Attempt, eventually } from '../../src/kit/eventually.ts';
import { tutorial } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'tutorial/pool-holds-pod-addresses',
  title: 'the pools list the pods, not the Service: by the controller’s own account and by what the back-ends saw',
  level: 'convention',
  requirement: tutorial('I was surprised to see that the upstream pools listed the actual pod IP addresses.'),
  features: ['pool'],
  after: 'ingress',
  async run(kit) {
    for (const [host, service] of [
      ['website8080.com', 'backend-svc-1'],
      ['website9090.com', 'backend-svc-2'],
    ] as const) {
      const pods = await eventually(
        `the pool of ${service} to be its ready endpoints`,
        async (): Promise<Attempt<readonly string[]>> => {
          const members = [...(await kit.controller.pool(service))].sort().join(' ');
          const endpoints = [...(await readyEndpoints(kit, service))].sort();
          const isSame = endpoints.length > 0 && members === endpoints.join(' ');
          return isSame
            ? { done: endpoints }
            : { seen: `${members || 'an empty pool'}, the endpoints being ${endpoints.join(' ')}` };
        },
      );
      const served = new Set<string>();
      const controllers = (await kit.controller.pods()).map((pod) => pod.address);
      await eventually(
        `every member of ${pods.join(' ')} to serve, its peer being the controller's pod`,
        async (): Promise<Attempt<true>> => {
          const { place, address, port } = await kit.resolve('controller');
          const probe = await kit.probe(place, { address, port, host });
          const by = probe.outcome.kind === 'answered' ? probe.outcome.servedBy : undefined;
          if (by === undefined) return { seen: 'an answer from nobody of ours', probe };
          if (!controllers.includes(by.peerAddress))
            return { seen: `a peer of ${by.peerAddress}, not ${controllers.join(' ')}`, probe };
          served.add(by.podAddress);
          const missing = pods.filter((member) => !served.has(member.slice(0, member.lastIndexOf(':'))));
          return missing.length === 0 ? { done: true } : { seen: `no answer from ${missing.join(' ')}` };
        },
      );
      kit.record(service, { pool: pods, readyEndpoints: pods, controller: controllers });
    }
  },
});
