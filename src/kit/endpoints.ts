import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Kit } from './kit.ts';

interface Endpoint {
  readonly addresses: readonly string[];
  readonly conditions?: { readonly ready?: boolean };
}

const membersOf = (slice: KubernetesObject): readonly string[] =>
  ((slice.endpoints ?? []) as readonly Endpoint[])
    .filter((endpoint) => endpoint.conditions?.ready !== false)
    .flatMap((endpoint) => endpoint.addresses)
    .flatMap((address) =>
      ((slice.ports ?? []) as readonly { readonly port: number }[]).map(({ port }) => `${address}:${port}`),
    );

/** `address:port` of every ready endpoint of a Service, as its EndpointSlices have them. */
export const readyEndpoints = async (
  kit: Pick<Kit, 'kube' | 'namespace'>,
  service: string,
): Promise<readonly string[]> => {
  const slices = await kit.kube.list(
    { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
    { namespace: kit.namespace, labels: { 'kubernetes.io/service-name': service } },
  );
  return slices.flatMap(membersOf);
};
