import { defineCluster } from '../../src/model/cluster.ts';
import { AssayError, messageOf } from '../../src/model/errors.ts';
import { joinCluster } from './join.ts';
import { kubeconfigFiles, readKubeconfig } from './kubeconfig.ts';

/** A cluster that is somebody's: joined by a context of a kubeconfig, and left as it was. */
export default defineCluster({
  name: 'existing',
  summary: 'a cluster that is there already, by a context of your kubeconfig',
  offers: { multiNode: 'from 2 Ready nodes' },
  joins: true,
  flags: [
    { name: 'context', argument: '<name>', description: 'context of the kubeconfig that names the cluster' },
    {
      name: 'kubeconfig',
      argument: '<file>',
      description: 'kubeconfig to read (default: KUBECONFIG, then ~/.kube/config)',
    },
    {
      name: 'address',
      argument: '<host[:port]>',
      description: 'where the controller answers from here, if not at a node or its Service',
    },
  ],
  async available() {
    try {
      const { contexts } = await readKubeconfig(kubeconfigFiles(undefined));
      if (contexts.length > 0) return { kind: 'available' };
      return { kind: 'unavailable', reason: 'the kubeconfig has no context', next: 'name one with --kubeconfig' };
    } catch (thrown) {
      const next = thrown instanceof AssayError ? thrown.next : undefined;
      return { kind: 'unavailable', reason: messageOf(thrown), next: next ?? 'kubectl config view' };
    }
  },
  create: ({ flags = {} }, host) => joinCluster(flags, host),
  // It keeps none of its own.
  attach: async () => undefined,
  remove: async () => false,
  list: async () => [],
  status: async () => [],
});
