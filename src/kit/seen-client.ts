import { type Attempt, eventually } from './eventually.ts';
import { frontService } from './front-service.ts';
import { headerValues } from './head.ts';
import type { Kit } from './kit.ts';

/** One request from outside, and the addresses that each hop saw as its peer. */
export interface SeenClient {
  /** The client's own address. */
  readonly client: string;
  /** What the controller saw as its peer: the last entry it wrote into X-Forwarded-For. */
  readonly byController: string;
  /** What the back-end saw as its peer. */
  readonly byBackend: string;
}

/** What a client may claim to be; an address set aside for documentation (RFC 5737). */
const claimed = '203.0.113.66';

/**
 * Sends `host` through the NodePort of the node that the controller runs on, until the addresses seen satisfy `wanted`. The
 * client claims another address in an X-Forwarded-For of its own: what the controller saw is what it wrote itself.
 */
export const seenClient = async (
  kit: Kit,
  host: string,
  expected: string,
  wanted: (seen: SeenClient) => boolean,
): Promise<SeenClient> => {
  // With externalTrafficPolicy: Local no other node serves.
  const [pod] = await kit.controller.pods();
  const node = kit.cluster.nodes.findIndex(({ name }) => name === pod?.node);
  const { place, address, port } = await kit.resolve({ nodePort: frontService.http, node });
  return eventually(expected, async (): Promise<Attempt<SeenClient>> => {
    const probe = await kit.probe(place, {
      address,
      port,
      host,
      headers: [['X-Forwarded-For', claimed]],
    });
    const { outcome, localAddress } = probe;
    if (outcome.kind === 'failed') return { seen: outcome.message, probe };
    const { servedBy } = outcome;
    if (servedBy === undefined || localAddress === undefined)
      return { seen: `status ${outcome.status} from nobody of ours`, probe };
    const byController = headerValues(servedBy.head, 'X-Forwarded-For').join(', ').split(',').at(-1)?.trim() ?? '';
    const seen = { client: localAddress, byController, byBackend: servedBy.peerAddress };
    return wanted(seen) && byController !== claimed
      ? { done: seen }
      : {
          seen: `client ${seen.client}, the controller saw ${byController || 'no address'}, the back-end ${seen.byBackend}`,
          probe,
        };
  });
};
