import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { inside, network, type Plan } from '../plan.ts';
import { answers } from './ask.ts';
import type { Component } from './component.ts';
import { authorityFile, kubeconfigFile, kubeletIdentity } from './credential-files.ts';

const healthPort = 10248;

const configuration = (node: Plan['nodes'][number], runtimeSocket: string) => {
  const { certificate, key } = kubeletIdentity(node.name);
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    containerRuntimeEndpoint: `unix://${runtimeSocket}`,
    address: node.address,
    healthzPort: healthPort,
    tlsCertFile: certificate,
    tlsPrivateKeyFile: key,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: authorityFile },
    },
    authorization: { mode: 'Webhook' },
    clusterDNS: [network.dnsService],
    clusterDomain: 'cluster.local',
    resolvConf: '',
    podLogsDir: join(inside.podLogs, node.name),
    volumePluginDir: join(inside.kubelet, 'volume-plugins'),
    serializeImagePulls: false,
    registryPullQPS: 0, // an image is a program of this machine: there is no registry to spare
    // There are no cgroups to divide in a user namespace, and this machine's memory and disk are not the cluster's to manage.
    cgroupDriver: 'cgroupfs',
    failCgroupV1: false,
    cgroupsPerQOS: false,
    enforceNodeAllocatable: [],
    failSwapOn: false,
    localStorageCapacityIsolation: false,
    evictionHard: { 'memory.available': '1Mi' },
    imageGCHighThresholdPercent: 100,
    // A pod's events are what it is diagnosed by: none may be dropped.
    eventRecordQPS: 0,
  };
};

/** The kubelet of one node, as a component; its configuration is written on the way. */
export async function kubelet(plan: Plan, node: Plan['nodes'][number], runtimeSocket: string): Promise<Component> {
  const file = join(inside.node(node.name), 'kubelet.yaml');
  await writeFile(file, stringify(configuration(node, runtimeSocket)));
  return {
    name: `${node.name}-kubelet`,
    env: { GOGC: '50' },
    argv: [
      plan.programs.kubelet.path,
      `--config=${file}`,
      `--kubeconfig=${kubeconfigFile(`${node.name}-kubelet`)}`,
      `--hostname-override=${node.name}`,
      `--node-ip=${node.address}`,
      `--root-dir=${inside.kubelet}`,
      `--cert-dir=${join(inside.kubelet, 'pki')}`,
    ],
    ready: () => answers({ host: '127.0.0.1', port: healthPort, path: '/healthz' }),
  };
}
