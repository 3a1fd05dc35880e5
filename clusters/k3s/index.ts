import { defineCluster } from '../../src/model/cluster.ts';
import { available } from './available.ts';
import { create } from './create.ts';

/** k3s, the small Kubernetes, as a container of Docker. Of its images, we have run but a stand-in. */
export default defineCluster({
  name: 'k3s',
  summary: 'k3s as a container, for one run (needs Docker)',
  experimental: true,
  offers: { ownCluster: 'always', clientAddress: 'always: the client is a container on the node’s network' },
  clientInContainer: true,
  defaultNodes: 1,
  flags: [
    { name: 'k3s-image', argument: '<image>', description: 'image of k3s (default: rancher/k3s of the version)' },
  ],
  available: () => available(),
  create,
  // It keeps none.
  attach: async () => undefined,
  remove: async () => false,
  list: async () => [],
  status: async () => [],
});
