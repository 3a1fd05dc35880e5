import { serviceOf, trio } from '../../src/kit/backend.ts';
import { defineCheck, type Observation } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { tutorial } from '../../src/kit/requirement.ts';

/** A Service without an address: whoever serves it sends to its pods. */
const headless = (name: string) => {
  const service = serviceOf(name, trio.spec.selector.matchLabels, [{ name: 'http', port: 8080, targetPort: 8080 }]);
  return { ...service, spec: { ...service.spec, clusterIP: 'None' } };
};

export default defineCheck({
  id: 'backends/peer-is-the-controller',
  title:
    'requests go to pods straight from the controller: a Service without an address is served, and who its pods see',
  level: 'observation',
  requirement: tutorial('I was surprised to see that the upstream pools listed the actual pod IP addresses.'),
  features: ['installed'],
  values: ['the controller’s pod', 'another address', 'both'],
  given: (ground) => [trio, headless(ground.name), ingress(ground, [prefix('/', ground.name, 8080)])],
  async run(kit): Promise<Observation> {
    await kit.converge({ servedBy: 'trio' });
    const { place, address, port } = await kit.resolve('controller');
    const own = (await kit.controller.pods()).map((pod) => pod.address);
    const seen = new Set<string>();
    for (let asked = 0; asked < 10; asked += 1) {
      const { outcome } = await kit.probe(place, { address, port, host: kit.ground.host });
      if (outcome.kind === 'answered') seen.add(outcome.servedBy?.peerAddress ?? 'nobody of ours');
    }
    const peers = [...seen];
    kit.record('peers', { controller: own, seenByPods: peers });
    if (peers.every((peer) => own.includes(peer))) return { value: 'the controller’s pod' };
    return { value: peers.some((peer) => own.includes(peer)) ? 'both' : 'another address' };
  },
});
