import type { Action, Kube, Refused } from '../kube/kube.ts';
import { environmentError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';

const make = ['get', 'list', 'watch', 'create', 'patch', 'delete'];

/** What every run does, beside what its controller's manifests ask for. */
const always: readonly (readonly [apiVersion: string, kind: string, verbs: readonly string[], subresource?: string])[] =
  [
    ['v1', 'Namespace', make],
    ['v1', 'Node', ['list']],
    ['v1', 'Pod', make],
    ['v1', 'Pod', ['get'], 'log'],
    ['v1', 'Pod', ['create'], 'exec'],
    ['v1', 'ConfigMap', make],
    ['v1', 'Service', make],
    ['v1', 'Event', ['list']],
    ['apps/v1', 'Deployment', make],
    ['apps/v1', 'ReplicaSet', ['list', 'delete']],
    ['discovery.k8s.io/v1', 'EndpointSlice', ['get', 'list', 'watch', 'create', 'patch']],
    ['networking.k8s.io/v1', 'Ingress', make],
    ['networking.k8s.io/v1', 'Ingress', ['patch'], 'status'],
    ['networking.k8s.io/v1', 'IngressClass', make],
  ];

/** What a run does that applies these objects, in and beside its namespace. */
function actionsOf(objects: readonly KubernetesObject[], namespace: string): readonly Action[] {
  const kinds = new Map(objects.map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, [apiVersion, kind] as const]));
  for (const [apiVersion, kind] of always) kinds.delete(`${apiVersion} ${kind}`);
  const wanted = [...always, ...[...kinds.values()].map(([apiVersion, kind]) => [apiVersion, kind, make] as const)];
  return wanted.flatMap(([apiVersion, kind, verbs, subresource]) =>
    verbs.map((verb) => ({
      verb,
      apiVersion,
      kind,
      namespace,
      ...(subresource !== undefined && { subresource }),
    })),
  );
}

/** `create, delete pods`, a line for each resource. */
function linesOf(refused: readonly Refused[]): readonly string[] {
  const verbs = new Map<string, string[]>();
  for (const { verb, resource } of refused) verbs.set(resource, [...(verbs.get(resource) ?? []), verb]);
  return [...verbs].map(([resource, all]) => `  ${all.join(', ')} ${resource}`);
}

/** Throws one environment error that lists all that a run with these objects does and the kubeconfig's user may not. */
export async function assertPermitted(
  kube: Pick<Kube, 'forbidden'>,
  objects: readonly KubernetesObject[],
  namespace: string,
): Promise<void> {
  const refused = await kube.forbidden(actionsOf(objects, namespace));
  if (refused.length === 0) return;
  throw environmentError(
    'permission-missing',
    [`the kubeconfig's user may not do all that a run does. What is missing:`, ...linesOf(refused)].join('\n'),
    { next: 'have them allowed by a ClusterRole, or use a context of another user; see: kubectl auth can-i --list' },
  );
}
