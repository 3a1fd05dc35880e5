import type { KubernetesObject } from '../model/kubernetes.ts';

const stages = [
  ['Namespace'],
  ['CustomResourceDefinition'],
  ['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding', 'PriorityClass'],
  ['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'IngressClass'],
  ['Service'],
  // everything not named here goes between
  ['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod'],
  ['Ingress', 'HTTPRoute'],
];
const others = stages.findIndex((stage) => stage.includes('Deployment')) - 0.5;

/** The objects in groups to be applied one after the other: what a later one needs is there when it comes. */
export function applyOrder(objects: readonly KubernetesObject[]): readonly (readonly KubernetesObject[])[] {
  const groups = new Map<number, KubernetesObject[]>();
  for (const object of objects) {
    const stage = stages.findIndex((kinds) => kinds.includes(object.kind));
    const order = stage < 0 ? others : stage;
    groups.set(order, [...(groups.get(order) ?? []), object]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
}
