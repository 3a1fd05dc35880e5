import type { ControllerSettings } from '../../model/controller.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import type { Rendered } from '../render-chart.ts';

/** Kinds of which a cluster has one of each name. */
const clusterWide = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'PriorityClass',
]);

/**
 * The controller as it can stand beside another, of the same make even: what a cluster has one of gets a name of its own, and the cluster chooses the
 * NodePorts.
 */
export function beside(controller: Rendered): Rendered {
  const altered = (
    objects: readonly KubernetesObject[],
    { namespace }: ControllerSettings,
  ): readonly KubernetesObject[] => {
    const roles = new Set(objects.filter(({ kind }) => kind === 'ClusterRole').map(({ metadata }) => metadata.name));
    const named = (name: string): string => `${name}-${namespace}`;
    return objects.map((object) => {
      const { kind, metadata, spec, roleRef } = object;
      if (kind === 'Service') return withoutNodePorts(object, spec);
      const own = clusterWide.has(kind) ? { ...object, metadata: { ...metadata, name: named(metadata.name) } } : object;
      return roleRef?.kind === 'ClusterRole' && roles.has(roleRef.name)
        ? { ...own, roleRef: { ...roleRef, name: named(roleRef.name) } }
        : own;
    });
  };
  const { steps } = controller;
  return {
    ...controller,
    manifests: async (settings) => altered(await controller.manifests(settings), settings),
    ...(steps !== undefined && {
      steps: async (settings: ControllerSettings) =>
        (await steps(settings)).map((objects) => altered(objects, settings)),
    }),
  };
}

const withoutNodePorts = (object: KubernetesObject, spec: KubernetesObject['spec']): KubernetesObject => ({
  ...object,
  spec: {
    ...spec,
    ports: spec.ports?.map(({ nodePort: _, ...port }: { readonly nodePort?: number }) => port),
  },
});
