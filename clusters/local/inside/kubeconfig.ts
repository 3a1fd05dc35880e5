import { stringify } from 'yaml';
import type { Identity } from './pki.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Text of a kubeconfig that reaches `server`, verified by `authority`, as `identity`. */
export const kubeconfigText = (cluster: string, server: string, authority: string, identity: Identity): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': cluster,
    clusters: [{ name: cluster, cluster: { server, 'certificate-authority-data': base64(authority) } }],
    users: [
      {
        name: cluster,
        user: {
          'client-certificate-data': base64(identity.certificate),
          'client-key-data': base64(identity.key),
        },
      },
    ],
    contexts: [{ name: cluster, context: { cluster, user: cluster } }],
  });
