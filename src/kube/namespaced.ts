import { AssayError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Kind, Resource } from './resources.ts';

/**
 * The objects as they go into `namespace`: what belongs to a namespace and names none gets it, and so does a binding's ServiceAccount.
 * Whether a kind has namespaces says its definition, where that is among the objects, else the API; one that nobody knows is taken to have them.
 */
export async function inNamespace(
  objects: readonly KubernetesObject[],
  namespace: string,
  resourceOf: (kind: Kind) => Promise<Pick<Resource, 'namespaced'>>,
): Promise<readonly KubernetesObject[]> {
  const defined = new Map(
    objects
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ spec }) => [`${spec.group} ${spec.names.kind}`, spec.scope === 'Namespaced']),
  );
  const hasNamespaces = async ({ apiVersion, kind }: Kind): Promise<boolean> =>
    defined.get(`${apiVersion.replace(/\/.*/, '')} ${kind}`) ??
    (await resourceOf({ apiVersion, kind }).catch(nobodyKnows)).namespaced;
  return Promise.all(
    objects.map(async (object) => ({
      ...object,
      ...((await hasNamespaces(object)) && { metadata: { namespace, ...object.metadata } }),
      ...(object.subjects !== undefined && {
        subjects: object.subjects.map((subject: { kind: string }) =>
          subject.kind === 'ServiceAccount' ? { namespace, ...subject } : subject,
        ),
      }),
    })),
  );
}

function nobodyKnows(thrown: unknown): { readonly namespaced: true } {
  if (thrown instanceof AssayError && thrown.code === 'kind-unknown') return { namespaced: true };
  throw thrown;
}
