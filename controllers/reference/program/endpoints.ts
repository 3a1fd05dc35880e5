import type { View } from './objects.ts';
import type { Backend } from './route-table.ts';

/** One place that serves: a pod's address, and the port its Service maps to. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** The endpoints of one port of a Service. */
export interface Pool {
  readonly backend: Backend;
  readonly members: readonly Endpoint[];
}

/** Names a back-end: the same for the same port of the same Service. */
export function keyOf({ namespace, service }: Backend): string {
  if (service === undefined) return `${namespace}/(no Service)`;
  const { name, port } = service;
  return `${namespace}/${name}:${port.name ?? port.number}`;
}

/** The port of a Service that a back-end names; none where there is no such Service or port, or where the back-end is no Service. */
export function servicePortOf({ services }: Pick<View, 'services'>, { namespace, service }: Backend) {
  const object = services.find(({ metadata }) => metadata.name === service?.name && metadata.namespace === namespace);
  return object?.spec.ports?.find(({ name, port }) =>
    service?.port.name === undefined ? port === service?.port.number : name === service.port.name,
  );
}

/**
 * The pods that serve a back-end, out of all its EndpointSlices: those that are ready; if none is, those that still serve while they
 * terminate. A Service that is but another name (`ExternalName`) has no slices, and so none.
 */
export function endpointsOf(view: View, backend: Backend): readonly Endpoint[] {
  const port = servicePortOf(view, backend);
  if (port === undefined) return [];
  const endpoints = view.slices
    .filter(({ metadata }) => metadata.namespace === backend.namespace)
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === backend.service?.name)
    .flatMap(({ endpoints, ports }) => {
      // A slice names its ports as the Service does, whatever number the pods listen on.
      const number = ports?.find(({ name }) => (name ?? '') === (port.name ?? ''))?.port;
      return number === undefined ? [] : (endpoints ?? []).map((endpoint) => ({ ...endpoint, port: number }));
    });
  const ready = endpoints.filter(({ conditions }) => conditions?.ready !== false);
  const serving = endpoints.filter(({ conditions }) => conditions?.serving === true);
  const members = (ready.length > 0 ? ready : serving).flatMap(({ addresses, port }) => {
    const [address] = addresses;
    return address === undefined ? [] : [{ address, port }];
  });
  // While slices are rearranged, a pod may be in two of them.
  return [...new Map(members.map((member) => [`${member.address} ${member.port}`, member])).values()];
}
