import { defineCheck } from '../../src/kit/check.ts';
import type { Road } from '../../src/kit/expectation.ts';
import { CheckFailed, CheckUnsupported } from '../../src/kit/failure.ts';
import { frontService } from '../../src/kit/front-service.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { addressesWithin, type IngressAddress, statusWithinMs } from '../../src/kit/ingress-status.ts';
import type { Kit } from '../../src/kit/kit.ts';
import { ingressApi } from '../../src/kit/requirement.ts';
import { timeouts } from '../../src/model/timeouts.ts';

/** How long a controller has to write a status, its routes being served already; one that writes them in rounds, until the next. */
const writtenWithinMs = 30_000;

/**
 * The way in that an address stands for: a node's serves at the NodePort of the front Service, if it has one; the
 * controller's own pod, where it names that, at the port it listens on; whatever else, from outside, at the port of HTTP.
 * Where the caller has named a way in, no other need lead there from here, so `undefined`.
 */
async function roadTo({ cluster, controller }: Kit, { ip, hostname }: IngressAddress): Promise<Road | undefined> {
  const node = cluster.nodes.findIndex(({ address, name }) => address === ip || name === hostname);
  const nodePort = controller.front ? controller.front.nodePort : frontService.http;
  if (node >= 0 && nodePort !== undefined) return { nodePort, node };
  if ((await controller.pods()).some(({ address }) => address === ip)) return 'controller';
  if (cluster.entrance === undefined) return { externalIP: ip ?? hostname ?? '', port: 80 };
  return [ip, hostname].includes(cluster.entrance.host) ? 'nodePort' : undefined;
}

export default defineCheck({
  id: 'class/status-names-an-address',
  title: 'the status of an Ingress names addresses, and each serves it',
  level: 'convention',
  requirement: ingressApi('ip is set for load-balancer ingress points that are IP based.'),
  given: (ground) => [ingress(ground, [prefix('/', 'hit')])],
  apart: true,
  async run(kit) {
    await kit.converge({ servedBy: 'hit' });
    const waitMs = statusWithinMs(kit, Math.min(writtenWithinMs, timeouts.convergeMs));
    const addresses = await addressesWithin(kit, kit.ground.name, waitMs);
    kit.record('addresses', addresses);
    if (addresses.length === 0) {
      throw new CheckFailed({
        expected: 'an address in status.loadBalancer.ingress',
        actual: `none, ${waitMs / 1000} s after it is served`,
      });
    }
    const roads = await Promise.all(addresses.map((address) => roadTo(kit, address)));
    const known = roads.filter((via) => via !== undefined);
    if (known.length > 0) await kit.converge(known.map((via) => ({ via, servedBy: 'hit' })));
    const others = addresses.filter((_, index) => roads[index] === undefined).map(({ ip, hostname }) => ip ?? hostname);
    if (others.length > 0)
      throw new CheckUnsupported(
        `it names ${others.join(', ')}, which need not be reached from here, where --address is the way in`,
      );
  },
});
