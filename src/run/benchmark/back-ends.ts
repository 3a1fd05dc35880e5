import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readManifest } from '../../kube/manifest.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { packageRoot } from '../../paths.ts';
import { tlsSecret } from './certificate.ts';

/** Hosts of a side: one for HTTP, and one below `tls` for TLS, which many controllers redirect to where a host has a certificate. */
export const hostOf = (side: string): string => `${side}.load.example`;
export const tlsHostOf = (side: string): string => `${side}.tls.load.example`;

/** Workers of each of the two back-end pods: half of the CPUs in all. */
const workersHere = (): number => Math.max(1, Math.floor(availableParallelism() / 4));

/** nginx as back-ends, its Services, the certificate, and the pod from which it is asked how many connections it has accepted. */
export async function backEnds(workers: number = workersHere()): Promise<readonly KubernetesObject[]> {
  const [objects, netTest] = await Promise.all(
    ['benchmark/back-ends.yaml', 'tutorial/net-test.yaml'].map((file) =>
      readManifest(join(packageRoot, 'fixtures', file)),
    ),
  );
  const secret = await tlsSecret('load-tls', ['a', 'b', 'direct'].map(tlsHostOf));
  return [secret, ...(objects ?? []).map((object) => withWorkers(object, workers)), ...(netTest ?? [])];
}

function withWorkers(object: KubernetesObject, workers: number): KubernetesObject {
  if (object.kind !== 'Deployment') return object;
  const { spec } = object;
  const env = [{ name: 'WORKERS', value: String(workers) }];
  const containers = spec.template.spec.containers.map((container: object) => ({ ...container, env }));
  return { ...object, spec: { ...spec, template: { ...spec.template, spec: { ...spec.template.spec, containers } } } };
}

/** The Ingress by which a side's controller serves a host. */
export const route = (name: string, host: string, ingressClass: string, { tls = false } = {}): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name },
  spec: {
    ingressClassName: ingressClass,
    ...(tls && { tls: [{ hosts: [host], secretName: 'load-tls' }] }),
    rules: [
      {
        host,
        http: {
          paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'load', port: { number: 80 } } } }],
        },
      },
    ],
  },
});
