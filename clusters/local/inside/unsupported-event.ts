import { randomBytes } from 'node:crypto';
import type { Kube } from '../../../src/kube/kube.ts';
import { messageOf } from '../../../src/model/errors.ts';
import type { PodName } from '../cri/runtime.ts';
import type { Unsupported } from '../cri/unsupported.ts';

/** Tells, as an event on the pod, what it asked for and runs without. */
export async function tellUnsupported(
  kube: Promise<Kube>,
  node: string,
  pod: PodName,
  unsupported: Unsupported,
): Promise<void> {
  const { namespace, name, uid } = pod;
  const { feature, container, message } = unsupported;
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace, name: `${name}.${randomBytes(8).toString('hex')}` },
    involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace, name, uid, fieldPath: `spec.containers{${container}}` },
    type: 'Warning',
    reason: 'Unsupported',
    message: `${feature} is not supported by this cluster. ${message}`,
    source: { component: 'ingress-assay', host: node },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  };
  // The pod runs all the same; what cannot be told through the API is in this node's log.
  await kube
    .then(({ apply }) => apply([event]))
    .catch((error) => console.error(`${namespace}/${name}: ${message} (${messageOf(error)})`));
}
