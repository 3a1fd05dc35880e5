import { inside, network, type Plan } from '../plan.ts';
import { answers } from './ask.ts';
import type { Component } from './component.ts';
import { kubeconfigFile } from './credential-files.ts';
import type { Credentials } from './credentials.ts';

/** Small heaps rather than speed: a harness shares its machine with what it measures. */
const lean = { GOGC: '50' };

/** The components of the control plane, which live in the first node's network, as they do in kind. */
export function controlPlane({ nodes, programs }: Plan, { authority, ...files }: Credentials, ca: string) {
  const { name: host = '', address = '' } = nodes[0] ?? {};
  const healthy = (port: number, path: string) => () => answers({ host: address, port, path, ca });
  const servesHealth = [
    `--bind-address=${address}`,
    `--tls-cert-file=${files.controlPlane.certificate}`,
    `--tls-private-key-file=${files.controlPlane.key}`,
    '--leader-elect=false',
  ];
  const etcd: Component = {
    name: 'etcd',
    host,
    env: lean,
    argv: [
      programs.etcd.path,
      `--data-dir=${inside.etcdData}`,
      `--listen-client-urls=unix://${inside.etcdSocket}`,
      `--advertise-client-urls=unix://${inside.etcdSocket}`,
      '--listen-peer-urls=',
      // Its data is memory: there is no disk to wait for.
      '--unsafe-no-fsync',
      // One member elects itself; it need not wait for others first.
      '--heartbeat-interval=10',
      '--election-timeout=100',
      '--log-level=warn',
    ],
    ready: () => answers({ socketPath: inside.etcdSocket, path: '/health' }),
  };
  const apiServer: Component = {
    name: 'kube-apiserver',
    host,
    env: lean,
    argv: [
      programs['kube-apiserver'].path,
      `--etcd-servers=unix://${inside.etcdSocket}`,
      `--bind-address=${address}`,
      `--advertise-address=${address}`,
      `--secure-port=${network.apiPort}`,
      `--tls-cert-file=${files.apiServer.certificate}`,
      `--tls-private-key-file=${files.apiServer.key}`,
      `--client-ca-file=${authority}`,
      `--kubelet-certificate-authority=${authority}`,
      `--kubelet-client-certificate=${files.apiServerAsClient.certificate}`,
      `--kubelet-client-key=${files.apiServerAsClient.key}`,
      '--kubelet-preferred-address-types=InternalIP',
      '--authorization-mode=Node,RBAC',
      '--enable-admission-plugins=NodeRestriction',
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${files.tokenKey}`,
      `--service-account-signing-key-file=${files.tokenKey}`,
      `--service-cluster-ip-range=${network.services}`,
    ],
    ready: healthy(network.apiPort, '/readyz'),
  };
  const controllerManager: Component = {
    name: 'kube-controller-manager',
    host,
    env: lean,
    argv: [
      programs['kube-controller-manager'].path,
      `--kubeconfig=${kubeconfigFile('controller-manager')}`,
      `--service-account-private-key-file=${files.tokenKey}`,
      `--root-ca-file=${authority}`,
      '--use-service-account-credentials',
      // It makes an account for each of its controllers first; at its default of 20 requests per second that takes 5 s.
      '--kube-api-qps=500',
      '--kube-api-burst=500',
      ...servesHealth,
    ],
    ready: healthy(10257, '/healthz'),
  };
  const scheduler: Component = {
    name: 'kube-scheduler',
    host,
    env: lean,
    argv: [programs['kube-scheduler'].path, `--kubeconfig=${kubeconfigFile('scheduler')}`, ...servesHealth],
    ready: healthy(10259, '/readyz'),
  };
  return { etcd, apiServer, controllerManager, scheduler };
}
