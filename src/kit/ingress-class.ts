import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Ground } from './check.ts';

/** A class that some other controller, which is not there, would serve. */
export const foreignClass = ({ namespace }: Pick<Ground, 'namespace'>): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: `${namespace}-foreign` },
  spec: { controller: 'assay.example/nobody' },
});
