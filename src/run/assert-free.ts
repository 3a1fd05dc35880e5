import type { Kube } from '../kube/kube.ts';
import { AssayError, environmentError } from '../model/errors.ts';
import { type KubernetesObject, ownedLabel } from '../model/kubernetes.ts';

/** Throws an environment error that names what is there already and not ours of the objects a run is to make outside its own namespace. */
export async function assertFree(
  kube: Pick<Kube, 'get'>,
  objects: readonly KubernetesObject[],
  own: string,
): Promise<void> {
  const outside = objects.filter(({ metadata }) => metadata.namespace !== own);
  const found = await Promise.all(
    outside.map(({ apiVersion, kind, metadata: { name, namespace } }) =>
      kube.get({ apiVersion, kind, name, ...(namespace !== undefined && { namespace }) }).catch((thrown: unknown) => {
        // A kind of its own, whose definition it brings along.
        if (thrown instanceof AssayError && thrown.code === 'kind-unknown') return undefined;
        throw thrown;
      }),
    ),
  );
  const taken = found.filter((object) => object !== undefined && object.metadata.labels?.[ownedLabel] === undefined);
  const [first] = taken;
  if (first === undefined) return;
  const names = taken.map((object) => `${object?.kind} ${object?.metadata.name}`).join(', ');
  const ingressClass = taken.find((object) => object?.kind === 'IngressClass')?.metadata.name;
  if (ingressClass === undefined) {
    throw environmentError('object-taken', `the cluster has what a run would make, and it is not ours: ${names}`, {
      next: 'use another cluster, or remove it if nobody needs it',
    });
  }
  throw environmentError(
    'class-taken',
    `the cluster has a controller for the class ${ingressClass} already; it is not ours: ${names}`,
    {
      next: `test that one with --controller existing --ingress-class ${ingressClass}, or install beside it with another --ingress-class`,
    },
  );
}
