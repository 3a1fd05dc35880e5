import type { Capability } from '../../src/model/cluster.ts';
import type { Installed } from '../../src/model/program.ts';
import type { GivenImages } from './given-images.ts';

/** One node as planned: its place in the network. */
export interface PlannedNode {
  readonly name: string;
  readonly address: string;
  readonly podCidr: string;
}

/** All a cluster is made from, decided before anything of it runs. */
export interface Plan {
  readonly name: string;
  readonly nodes: readonly PlannedNode[];
  /** The programs every cluster needs, by name. */
  readonly programs: Readonly<Record<ProgramName, Installed>>;
  /** Images that stand for a program of the user's: its path, by the reference. */
  readonly images: GivenImages;
  /** On the machine's own disk: the components' logs, nothing else. */
  readonly logFolder: string;
}

/** Programs the toolchain has to bring before a cluster can start. */
export const programNames = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
  'kubelet',
  'nft',
  'coredns',
] as const;
export type ProgramName = (typeof programNames)[number];

/**
 * The addresses inside. Each cluster has a network namespace of its own, so all clusters use the same ones.
 * Nodes and the client are hosts on one routed fabric, each behind a point-to-point link of its own.
 */
export const network = {
  fabric: '172.18.0.1',
  hosts: '172.18.0.0/24',
  client: '172.18.0.100',
  /** For Services with externalIPs: leads to the first node, where kube-proxy takes what a Service claims. */
  externalIPs: '172.18.1.0/24',
  pods: '10.244.0.0/16',
  services: '10.96.0.0/16',
  apiService: '10.96.0.1',
  dnsService: '10.96.0.10',
  apiPort: 6443,
} as const;

/** How many nodes the addresses above have room for. */
export const mostNodes = 90;

/** The nodes of a cluster of that size: node1 at 172.18.0.2 with pods 10.244.1.0/24, and so on. */
export const planNodes = (count: number): readonly PlannedNode[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `node${index + 1}`,
    address: `172.18.0.${index + 2}`,
    podCidr: `10.244.${index + 1}.0/24`,
  }));

/** What a cluster of that many nodes can do. */
export const capabilitiesOf = (nodes: number): readonly Capability[] => [
  'externalIPs',
  'ownCluster',
  'clientAddress',
  ...(nodes > 1 ? (['multiNode'] as const) : []),
  ...(nodes > 2 ? (['stopNode'] as const) : []),
];

/**
 * Where things lie inside. All of it is memory (a tmpfs over /var/lib in the cluster's own mount namespace), so the
 * kernel takes it back with the namespace. /var/lib because the kubelet insists on /var/lib/kubelet.
 */
const data = '/var/lib/ingress-assay';
export const inside = {
  data,
  etcdData: `${data}/etcd`,
  etcdSocket: `${data}/etcd.sock`,
  pki: `${data}/pki`,
  networkNamespace: (host: string): string => `${data}/net/${host}`,
  podLogs: `${data}/pod-logs`,
  node: (name: string): string => `${data}/${name}`,
  /** Where a node process says how to start something in one of its pods. */
  execSocket: (node: string): string => `${data}/${node}/exec.sock`,
  kubelet: '/var/lib/kubelet',
} as const;
