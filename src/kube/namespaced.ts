import type { KubernetesObject } from '../model/kubernetes.ts';

const clusterScoped = new Set([
  'APIService',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
]);

/** The objects as they go into `namespace`: what belongs to a namespace and names none gets it, and so does a binding's ServiceAccount. */
export const inNamespace = (objects: readonly KubernetesObject[], namespace: string): readonly KubernetesObject[] =>
  objects.map((object) => ({
    ...object,
    ...(clusterScoped.has(object.kind) ? {} : { metadata: { namespace, ...object.metadata } }),
    ...(object.subjects === undefined
      ? {}
      : {
          subjects: object.subjects.map((subject: { kind: string }) =>
            subject.kind === 'ServiceAccount' ? { namespace, ...subject } : subject,
          ),
        }),
  }));
