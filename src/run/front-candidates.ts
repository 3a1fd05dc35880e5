import type { Ground } from '../kit/check.ts';
import type { Kube } from '../kube/kube.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Socket } from '../model/controller.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';

/** A way that might lead to a controller, and the Service it goes by. */
export interface Way extends Socket {
  /** `<namespace>/<name>` */
  readonly service?: string;
  readonly nodePort?: number;
}

interface ServicePort {
  readonly name?: string;
  readonly protocol?: string;
  readonly port: number;
  readonly nodePort?: number;
  readonly targetPort?: number | string;
  readonly appProtocol?: string;
}

/**
 * The ways to ask, likeliest first. From outside: what the caller named and nothing else; or else what the status of our Ingress says, then
 * load balancers, then NodePorts. From a pod: the addresses of those Services. Only ports that say they are HTTP are asked.
 */
export async function candidates(
  kube: Pick<Kube, 'get' | 'list'>,
  { nodes, entrance }: Pick<Cluster, 'nodes' | 'entrance'>,
  { name, namespace }: Ground,
): Promise<{ readonly outside: readonly Way[]; readonly inside: readonly Way[] }> {
  const all = await kube.list({ apiVersion: 'v1', kind: 'Service' });
  const services = ['LoadBalancer', 'NodePort'].flatMap((type) => all.filter(({ spec }) => spec.type === type));
  const ports = services.flatMap((service) => httpPorts(service).map((port) => ({ service, port })));
  const inside = ports.map(({ service, port }) => wayBy(service, port, service.spec.clusterIP, port.port));
  if (entrance !== undefined) return { outside: [{ address: entrance.host, port: entrance.port ?? 80 }], inside };

  const route = await kube.get({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name, namespace });
  const outside = [
    ...addressesIn(route).map((address) => ({ address, port: 80 })),
    ...ports.flatMap(({ service, port }) =>
      addressesIn(service).map((address) => wayBy(service, port, address, port.port)),
    ),
    ...ports.flatMap(({ service, port }) =>
      port.nodePort === undefined
        ? []
        : nodes.map(({ address }) => wayBy(service, port, address, port.nodePort as number)),
    ),
  ];
  return { outside, inside };
}

const wayBy = ({ metadata }: KubernetesObject, { nodePort }: ServicePort, address: string, port: number): Way => ({
  address,
  port,
  service: `${metadata.namespace}/${metadata.name}`,
  ...(nodePort !== undefined && { nodePort }),
});

const addressesIn = (object: KubernetesObject | undefined): readonly string[] =>
  (object?.status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }: { ip?: string; hostname?: string }) => {
    const address = ip ?? hostname;
    return address === undefined ? [] : [address];
  });

const httpNames = ['http', 'web'];

const httpPorts = ({ spec }: KubernetesObject): readonly ServicePort[] =>
  ((spec.ports ?? []) as readonly ServicePort[]).filter(
    ({ name = '', protocol = 'TCP', port, targetPort, appProtocol }) =>
      protocol === 'TCP' &&
      (port === 80 || httpNames.includes(name) || httpNames.includes(String(targetPort)) || appProtocol === 'http'),
  );
