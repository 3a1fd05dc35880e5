import { defineCluster } from '../../src/model/cluster.ts';
import { environmentError } from '../../src/model/errors.ts';
import { available } from './available.ts';
import { createOwned } from './create.ts';

/** Kubernetes as processes in namespaces of their own: Linux, no Docker, no root. */
export default defineCluster({
  name: 'local',
  summary: 'Kubernetes as processes of this machine (Linux; no Docker, no root)',
  available: () => available(),
  async create(options, host) {
    if (options.keep) throw environmentError('local/keep', 'kept clusters are not there yet');
    return (await createOwned(options, host)).cluster;
  },
  attach: async () => undefined,
  remove: async () => false,
  list: async () => [],
});
