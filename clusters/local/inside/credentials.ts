import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inside, network, type Plan } from '../plan.ts';
import { authorityFile, kubeconfigFile } from './credential-files.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { createAuthority, createTokenKey, type IdentityFiles, type Subject, writeIdentity } from './pki.ts';

/** Paths of all that proves who is who in one cluster. All on the cluster's own memory. */
export interface Credentials {
  readonly authority: string;
  readonly tokenKey: string;
  readonly apiServer: IdentityFiles;
  readonly apiServerAsClient: IdentityFiles;
  /** What kube-controller-manager and kube-scheduler serve their health with. */
  readonly controlPlane: IdentityFiles;
}

const { pki } = inside;

export interface Issued {
  readonly files: Credentials;
  /** For the cluster's users: whoever holds it may do anything. */
  readonly adminKubeconfig: string;
  readonly admin: { readonly ca: string; readonly cert: string; readonly key: string };
}

/** Makes the authority and everyone's certificates. */
export async function issueCredentials({ name, nodes }: Plan, apiPort: number): Promise<Issued> {
  const first = nodes[0]?.address ?? '';
  const authority = await createAuthority(`ingress-assay cluster ${name}`);
  const identity = async (file: string, subject: Subject) => writeIdentity(pki, file, await authority.issue(subject));
  const client = async (file: string, subject: Subject) => {
    const server = `https://${first}:${network.apiPort}`;
    const text = kubeconfigText(name, server, authority.certificate, await authority.issue(subject));
    await writeFile(kubeconfigFile(file), text, { mode: 0o600 });
  };
  const [apiServer, apiServerAsClient, controlPlane] = await Promise.all([
    identity('kube-apiserver', {
      name: 'kube-apiserver',
      addresses: ['127.0.0.1', first, network.apiService],
      hosts: [
        'localhost',
        'kubernetes',
        'kubernetes.default',
        'kubernetes.default.svc',
        'kubernetes.default.svc.cluster.local',
      ],
    }),
    identity('kube-apiserver-client', { name: 'kube-apiserver-kubelet-client' }),
    identity('control-plane', { name: 'control-plane', addresses: [first] }),
  ]);
  const admin = await authority.issue({ name: 'admin', group: 'system:masters' });
  const tokenKey = join(pki, 'service-accounts.key');
  await Promise.all([
    writeFile(authorityFile, authority.certificate),
    writeFile(tokenKey, createTokenKey(), { mode: 0o600 }),
    client('controller-manager', { name: 'system:kube-controller-manager' }),
    client('scheduler', { name: 'system:kube-scheduler' }),
    ...nodes.flatMap((node) => [
      client(`${node.name}-kubelet`, { name: `system:node:${node.name}`, group: 'system:nodes' }),
      client(`${node.name}-kube-proxy`, { name: 'system:kube-proxy' }),
      identity(node.name, { name: `system:node:${node.name}`, addresses: [node.address], hosts: [node.name] }),
    ]),
  ]);
  return {
    files: { authority: authorityFile, tokenKey, apiServer, apiServerAsClient, controlPlane },
    adminKubeconfig: kubeconfigText(name, `https://127.0.0.1:${apiPort}`, authority.certificate, admin),
    admin: { ca: authority.certificate, cert: admin.certificate, key: admin.key },
  };
}
