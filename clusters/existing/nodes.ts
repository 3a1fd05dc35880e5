import { connect } from 'node:net';
import type { Kube } from '../../src/kube/kube.ts';
import type { ClusterNode } from '../../src/model/cluster.ts';
import { AssayError } from '../../src/model/errors.ts';
import type { KubernetesObject } from '../../src/model/kubernetes.ts';

/** An address that a node can be reached at answers at once, be it by a refusal. */
const answersWithinMs = 1_500;
/** Where NodePorts begin: a firewall that lets nothing through to it lets none of them through. */
const port = 30_000;

/** The Ready nodes that can be reached from this machine, each at the first of its addresses that can, external ones first. */
export async function reachableNodes(kube: Kube): Promise<readonly ClusterNode[]> {
  const nodes = await kube.list({ apiVersion: 'v1', kind: 'Node' }).catch((thrown: unknown) => {
    // What may not be asked is listed among the permissions that are missing.
    if (thrown instanceof AssayError && thrown.code === 'api-refused') return [];
    throw thrown;
  });
  const found = await Promise.all(
    nodes.filter(isReady).map(async (node) => {
      const addresses = addressesOf(node);
      const answers = await Promise.all(addresses.map(isReachable));
      const address = addresses.find((_, index) => answers[index]);
      return address === undefined ? [] : [{ name: node.metadata.name, address }];
    }),
  );
  return found.flat();
}

const isReady = ({ status }: KubernetesObject): boolean =>
  (status?.conditions ?? []).some(
    (one: { type: string; status: string }) => one.type === 'Ready' && one.status === 'True',
  );

const addressesOf = ({ status }: KubernetesObject): readonly string[] =>
  ['ExternalIP', 'InternalIP'].flatMap((wanted) =>
    (status?.addresses ?? [])
      .filter(({ type }: { type: string }) => type === wanted)
      .map(({ address }: { address: string }) => address),
  );

const isReachable = (host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(answersWithinMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED'));
  });
