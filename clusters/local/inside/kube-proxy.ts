import { delimiter, dirname } from 'node:path';
import { network, type Plan } from '../plan.ts';
import { answers } from './ask.ts';
import type { Component } from './component.ts';
import { kubeconfigFile } from './credential-files.ts';

const healthPort = 10256;

/** The kube-proxy of one node: Services as nftables rules in the node's network namespace. */
export const kubeProxy = ({ programs }: Plan, node: Plan['nodes'][number]): Component => ({
  name: `${node.name}-kube-proxy`,
  env: {
    GOGC: '50',
    ...programs.nft.env,
    PATH: [dirname(programs.nft.path), process.env.PATH ?? ''].join(delimiter),
  },
  argv: [
    programs['kube-proxy'].path,
    `--kubeconfig=${kubeconfigFile(`${node.name}-kube-proxy`)}`,
    `--hostname-override=${node.name}`,
    '--proxy-mode=nftables',
    `--cluster-cidr=${network.pods}`,
    `--healthz-bind-address=${node.address}:${healthPort}`,
    '--metrics-bind-address=127.0.0.1:10249',
    // Sizes of the connection table are the machine's, not a user namespace's to set: 0 leaves them alone.
    '--conntrack-max-per-core=0',
    '--conntrack-tcp-timeout-established=0',
    '--conntrack-tcp-timeout-close-wait=0',
  ],
  ready: () => answers({ host: node.address, port: healthPort, path: '/healthz' }),
});
