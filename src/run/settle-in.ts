import { createKube } from '../kube/create-kube.ts';
import type { Kube } from '../kube/kube.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Controller, ControllerSettings } from '../model/controller.ts';
import { AssayError, environmentError, usageError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { keepAlive } from './alive.ts';
import { assertFree, assertNoneTaken } from './assert-free.ts';
import { assertClassExists, findFront, frontNamespaceOf } from './find-front.ts';
import { installController } from './install.ts';
import { assertRemovable, assertUnused, ownedNamespace } from './owned.ts';

/**
 * Makes the run's namespace and keeps saying in it that the run goes on, until disposed. What the cluster has already and the run would
 * take for its own, of its controller's and of `further` objects, is an error before anything is touched.
 */
export async function claimCluster(
  kube: Kube,
  cluster: Cluster,
  controller: Controller,
  settings: ControllerSettings,
  further: readonly KubernetesObject[],
): Promise<AsyncDisposable> {
  const objects = await kube.inNamespace(await controller.manifests(settings), settings.namespace);
  if (controller.preinstalled) await assertClassExists(kube, settings.ingressClass);
  else assertEntered(cluster);
  assertRemovable(objects, settings.namespace);
  const namespaces = [settings.namespace, ...(controller.preinstalled ? [frontNamespaceOf(settings)] : [])];
  await assertUnused(kube);
  await assertFree(kube, [...namespaces.map(ownedNamespace), ...objects, ...further], settings.namespace);
  await assertNoneTaken(kube, controller, settings);
  return claimNamespace(kube, cluster.kubeconfig, settings.namespace);
}

/**
 * Makes a namespace that no other run has made meanwhile, and keeps saying in it that this run goes on. Of two runs that begin at once in
 * one namespace one is refused; in two of them each that sees the other gives way.
 */
export async function claimNamespace(kube: Kube, kubeconfig: string, namespace: string): Promise<AsyncDisposable> {
  try {
    await kube.create(ownedNamespace(namespace));
  } catch (thrown) {
    if (thrown instanceof AssayError && thrown.code === 'object-exists') await assertUnused(kube);
    throw thrown;
  }
  const alive = keepAlive(kubeconfig, namespace);
  try {
    await assertUnused(kube);
    return alive;
  } catch (thrown) {
    await alive[Symbol.asyncDispose]();
    // Though the run may have been told to end. What cannot be removed now the next run removes.
    const lasting = createKube(kubeconfig);
    await lasting.remove([{ apiVersion: 'v1', kind: 'Namespace', name: namespace }]).catch(() => {});
    throw thrown;
  }
}

/** Installs the controller, or finds the one that is there, and returns with how it is reached. */
export async function settleIn(
  kube: Kube,
  cluster: Cluster,
  controller: Controller,
  settings: ControllerSettings,
  signal: AbortSignal,
): Promise<ControllerSettings> {
  if (controller.preinstalled) return { ...settings, front: await findFront(kube, cluster, settings, signal) };
  await installController(kube, controller, settings);
  return settings;
}

/** The controller's NodePorts must be within reach, at the numbers that its Service gives them. */
function assertEntered({ name, nodes, entrance }: Cluster): void {
  if (entrance?.port !== undefined) {
    throw usageError(
      'address-has-a-port',
      'the run’s own controller answers at its NodePorts, not at a port of choice',
      {
        next: `--address ${entrance.host}`,
      },
    );
  }
  if (nodes.length > 0 || entrance !== undefined) return;
  throw environmentError('nodes-unreachable', `no node of ${name} answers from here at any of its addresses`, {
    next: 'name an address with --address that forwards the NodePorts, or open the way to a node',
  });
}
