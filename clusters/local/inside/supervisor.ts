import type { ChildProcess } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { Server } from 'node:net';
import { join } from 'node:path';
import { smallHeap } from '../../../src/model/small-heap.ts';
import { compiledModule } from '../../../src/paths.ts';
import {
  type Failure,
  type FromNode,
  type FromSupervisor,
  failureOf,
  type ToNode,
  type ToSupervisor,
} from '../messages.ts';
import { inside, network, type Plan } from '../plan.ts';
import { type Component, messageFrom, startComponent, untilReady } from './component.ts';
import { controlPlane } from './control-plane.ts';
import { issueCredentials } from './credentials.ts';
import { mountData } from './mounts.ts';
import { createNetwork } from './network.ts';
import { relay } from './relay.ts';

/*
 * The program that makes a cluster from inside its namespaces. It lives exactly as long as its channel to the owner: when
 * the owner ends, in whatever way, the channel closes, this process ends, and the kernel ends all else in the namespaces.
 */
process.once('disconnect', () => process.exit());

const nodes: ChildProcess[] = [];
const tell = (message: FromSupervisor): boolean => process.send?.(message) ?? false;

process.on('message', (message: ToSupervisor, handle: unknown) => {
  if (message.kind === 'start' && handle instanceof Server) {
    const { plan, apiPort } = message;
    start(plan, apiPort, handle).catch((error) => fail(plan, failureOf(error)));
  } else if (message.kind === 'image') for (const node of nodes) node.send(message);
});
tell({ kind: 'listening' });

let failed = false;
/** Saves what only lives in memory, tells the owner, and ends the cluster: one without all its components serves nobody. */
async function fail(plan: Plan, failure: Failure): Promise<void> {
  if (failed) return;
  failed = true;
  await cp(inside.podLogs, join(plan.logFolder, 'pods'), { recursive: true, dereference: true }).catch(() => {});
  process.send?.({ kind: 'failed', failure } satisfies FromSupervisor, () => process.exit());
}

async function start(plan: Plan, apiPort: number, listener: Server): Promise<void> {
  await mountData();
  const [{ files, admin, adminKubeconfig }] = await Promise.all([issueCredentials(plan, apiPort), createNetwork(plan)]);
  const onFailure = (failure: Failure) => void fail(plan, failure);
  const run = async (component: Component) => {
    const child = startComponent(component, plan.logFolder, onFailure);
    await untilReady(component, plan.logFolder);
    return child;
  };
  const { etcd, apiServer, controllerManager, scheduler } = controlPlane(plan, files, admin.ca);

  // Nodes prepare while the control plane starts, and join once the API answers.
  const joined = plan.nodes.map((node) => runNode(plan, node, onFailure));
  tell({ kind: 'progress', detail: 'etcd' });
  await run(etcd);
  tell({ kind: 'progress', detail: 'kube-apiserver' });
  await run(apiServer);
  relay(listener, plan.nodes[0]?.address ?? '', network.apiPort);
  tell({ kind: 'progress', detail: 'controllers and nodes' });
  await Promise.all([run(controllerManager), run(scheduler), ...joined]);
  tell({ kind: 'ready', kubeconfig: adminKubeconfig });
}

/** A process of ours that is one node: container runtime, kubelet and kube-proxy, with mounts of its own. */
async function runNode(plan: Plan, node: Plan['nodes'][number], onFailure: (failure: Failure) => void): Promise<void> {
  const child = startComponent(
    {
      name: node.name,
      host: node.name,
      channel: true,
      argv: [
        'unshare',
        '--mount',
        'sh',
        '-euc',
        `mount -t tmpfs tmpfs ${inside.kubelet}; exec "$@"`,
        'sh',
        process.execPath,
        smallHeap,
        compiledModule('clusters/local/inside/node.ts'),
      ],
      ready: async () => true,
    },
    plan.logFolder,
    onFailure,
  );
  child.on('message', (message: FromNode) => {
    if (message.kind === 'failed') onFailure(message.failure);
    else if (message.kind === 'image') tell(message);
  });
  nodes.push(child);
  child.send({ kind: 'start', plan, node } satisfies ToNode);
  await messageFrom(child, (message): message is FromNode => (message as FromNode).kind === 'ready');
}
