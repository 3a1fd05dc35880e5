import { defineCluster } from '../../src/model/cluster.ts';
import { available } from './available.ts';
import { createOwned } from './create.ts';
import { runtimeCapabilities } from './cri/capabilities.ts';
import { givenImages } from './given-images.ts';
import { attach, createKept, remove, taken } from './kept/keep.ts';
import { allKept, findKept } from './kept/state.ts';
import { status } from './kept/status.ts';
import { prerequisites } from './prerequisites.ts';

/** Kubernetes as processes in namespaces of their own: Linux, no Docker, no root. */
export default defineCluster({
  name: 'local',
  summary: 'Kubernetes as processes of this machine (Linux; no Docker, no root)',
  offers: {
    externalIPs: 'always',
    ownCluster: 'always',
    multiNode: 'from 2 nodes; a run has 2 unasked',
    stopNode: 'from 3 nodes: what comes from the node, and what is for it, is dropped',
    clientAddress: 'always: the client has a network namespace of its own',
  },
  flags: [
    {
      name: 'image',
      argument: '<name=file>',
      description: 'an image and the program it stands for; may be repeated',
      repeatable: true,
      elsewhere: 'build the image and load it into the cluster there (kind load docker-image …), without --image',
    },
  ],
  prerequisites,
  podFeatures: runtimeCapabilities,
  available: () => available(),
  async create(options, host) {
    if (options.keep) return createKept(options, host);
    if ((await findKept(options.name)) !== undefined) throw taken(options.name);
    return (await createOwned(options, host)).cluster;
  },
  async attach(name, host, flags) {
    const images = await givenImages(flags);
    return attach(name, host, images);
  },
  remove: (name) => remove(name),
  list: async () => [...(await allKept())].filter(([, { phase }]) => phase.kind === 'running').map(([name]) => name),
  status: () => status(),
});
