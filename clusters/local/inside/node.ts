import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kube } from '../../../src/kube/kube.ts';
import { startRuntime } from '../cri/runtime.ts';
import { type FromNode, failureOf, type ToNode } from '../messages.ts';
import { inside, network, type Plan } from '../plan.ts';
import { answers } from './ask.ts';
import { type Component, startComponent, until, untilReady } from './component.ts';
import { authorityFile, kubeconfigFile } from './credential-files.ts';
import { serveExec } from './exec-service.ts';
import { imageStore } from './image-store.ts';
import { kubeProxy } from './kube-proxy.ts';
import { kubelet } from './kubelet.ts';
import { tellUnsupported } from './unsupported-event.ts';

/*
 * The program that is one node, in network and mount namespaces of its own. The container runtime runs in this process,
 * the kubelet and kube-proxy are its children. It lives as long as its channel to the supervisor.
 */
process.once('disconnect', () => process.exit());

const tell = (message: FromNode): boolean => process.send?.(message) ?? false;
const { store, settle } = imageStore(tell);

process.on('message', (message: ToNode) => {
  if (message.kind === 'image') settle(message);
  else
    start(message.plan, message.node).then(
      () => tell({ kind: 'ready' }),
      (error) => tell({ kind: 'failed', failure: failureOf(error) }),
    );
});

/** The API as this node's kubelet sees it. Loaded only where there is something to tell: its client takes 60 MiB. */
async function kubeOf(node: string): Promise<Kube> {
  const { createKube } = await import('../../../src/kube/create-kube.ts');
  return createKube(await readFile(kubeconfigFile(`${node}-kubelet`), 'utf8'));
}

async function start(plan: Plan, node: Plan['nodes'][number]): Promise<void> {
  const folder = inside.node(node.name);
  await mkdir(folder, { recursive: true });
  const socket = join(folder, 'runtime.sock');
  const runtime = await startRuntime({
    socket,
    folder: join(folder, 'runtime'),
    podCidr: node.podCidr,
    nodeAddress: node.address,
    images: store,
    onUnsupported: (pod, unsupported) => void tellUnsupported(kubeOf(node.name), node.name, pod, unsupported),
  });
  await serveExec(inside.execSocket(node.name), runtime);
  const ca = await readFile(authorityFile, 'utf8');
  const host = plan.nodes[0]?.address ?? '';
  await until(() => answers({ host, port: network.apiPort, path: '/readyz', ca }));
  const run = async (component: Component) => {
    startComponent(component, plan.logFolder, (failure) => tell({ kind: 'failed', failure }));
    await untilReady(component, plan.logFolder);
  };
  await Promise.all([run(kubeProxy(plan, node)), run(await kubelet(plan, node, socket))]);
}
