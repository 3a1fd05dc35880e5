import { createApiClient } from '../../../src/kube/api-client.ts';
import { createResources, type Kind, pathOf } from '../../../src/kube/resources.ts';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import type { ApiServer } from './api-server.ts';

/** A Deployment of one container, not applied yet. */
export const deployment = (namespace: string, name: string, image = 'node'): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'web', image }] } },
  },
});

/** The pod that a ReplicaSet would make, not applied yet. */
export const pod = (namespace: string, name: string, labels: Record<string, string>, image = 'node') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: { containers: [{ name: 'web', image }] },
});

/** Writes an object's status, as its controller or the kubelet would. */
export async function writeStatus(
  { kubeconfig }: ApiServer,
  { apiVersion, kind, metadata }: Kind & Pick<KubernetesObject, 'metadata'>,
  status: unknown,
): Promise<void> {
  const client = createApiClient(kubeconfig);
  const resource = await createResources(client)({ apiVersion, kind });
  await client.text({
    method: 'PATCH',
    path: `${pathOf(resource, metadata.namespace, metadata.name)}/status`,
    what: 'write a status',
    body: { status },
    contentType: 'application/merge-patch+json',
  });
}
