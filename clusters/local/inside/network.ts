import { inside, network, type Plan } from '../plan.ts';
import { shell } from './shell.ts';

/** One host on the fabric: a network namespace, its address, and what of the rest of the world it has routes to. */
interface Host {
  readonly name: string;
  readonly address: string;
  readonly routes: readonly string[];
  /** Address ranges the fabric sends to this host. */
  readonly behind: readonly string[];
}

const hostsOf = ({ nodes }: Plan): readonly Host[] => [
  ...nodes.map(({ name, address, podCidr }, index) => ({
    name,
    address,
    routes: ['default'],
    behind: index === 0 ? [podCidr, network.externalIPs] : [podCidr],
  })),
  // Outside the pod network: it knows the way to nodes and to claimed external addresses, and to nothing else.
  { name: 'client', address: network.client, routes: [network.hosts, network.externalIPs], behind: [] },
];

/**
 * Settings of the network namespace one is in. Source addresses are what is measured, so none may be dropped for its way; and that a
 * Service has no endpoints is told to every connection: by default the kernel tells six, then one each second, and leaves the
 * others to send their SYN again a second later.
 */
const forwarding = `
  echo 1 > /proc/sys/net/ipv4/ip_forward
  echo 0 > /proc/sys/net/ipv4/icmp_ratelimit
  echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter
  echo 0 > /proc/sys/net/ipv4/conf/default/rp_filter
  ip link set lo up`;

const linkHost = ({ name, address, routes, behind }: Host): string => {
  const file = inside.networkNamespace(name);
  return `
  : > ${file}
  unshare --net=${file} true
  ip link add ${name} type veth peer name eth0 netns ${file}
  nsenter --net=${file} sh -euc '${name === 'client' ? 'ip link set lo up' : forwarding}
    ip addr add ${address}/32 dev eth0
    ip link set eth0 up
    ip route add ${network.fabric} dev eth0 scope link
    ${routes.map((to) => `ip route add ${to} via ${network.fabric}`).join('\n')}'
  ip addr add ${network.fabric}/32 dev ${name}
  ip link set ${name} up
  ip route add ${address} dev ${name}
  ${behind.map((range) => `ip route add ${range} via ${address} dev ${name} onlink`).join('\n')}`;
};

/**
 * Lays out the cluster's network: this namespace becomes the fabric, which only routes; every node and the client get a
 * namespace of their own on a point-to-point veth pair. No bridge, so nothing between two hosts rewrites or filters.
 */
export const createNetwork = (plan: Plan): Promise<string> =>
  shell('laying out the cluster’s network', `${forwarding}\n${hostsOf(plan).map(linkHost).join('')}`);
