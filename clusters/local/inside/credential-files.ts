import { join } from 'node:path';
import { inside } from '../plan.ts';
import type { IdentityFiles } from './pki.ts';

/*
 * Where credentials lie, apart from how they are made: a node only reads them, and what makes them takes 10 MiB.
 */

/** Path of the certificate authority's certificate. */
export const authorityFile = join(inside.pki, 'ca.crt');
/** Path of a client's kubeconfig: `controller-manager`, `scheduler`, or `<node>-kubelet`, `<node>-kube-proxy`. */
export const kubeconfigFile = (client: string): string => join(inside.pki, `${client}.kubeconfig`);
/** Paths of a kubelet's serving certificate. */
export const kubeletIdentity = (node: string): IdentityFiles => ({
  certificate: join(inside.pki, `${node}.crt`),
  key: join(inside.pki, `${node}.key`),
});
