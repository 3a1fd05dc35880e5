import type { Kube } from '../kube/kube.ts';
import type { Controller, ControllerSettings } from '../model/controller.ts';
import { AssayError, environmentError } from '../model/errors.ts';
import { type KubernetesObject, ownedLabel } from '../model/kubernetes.ts';

const classKind = { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass' };
const isOurs = ({ metadata }: KubernetesObject): boolean => metadata.labels?.[ownedLabel] !== undefined;
const isClass = ({ kind }: KubernetesObject): boolean => kind === classKind.kind;

/**
 * Throws an environment error that names what is there already and not ours of the objects a run is to make outside its own namespace,
 * or a controller that would take them for its own.
 */
export async function assertFree(
  kube: Pick<Kube, 'get' | 'list'>,
  objects: readonly KubernetesObject[],
  own: string,
): Promise<void> {
  await assertNoRival(kube, objects);
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
  const taken = found.filter((object) => object !== undefined).filter((object) => !isOurs(object));
  if (taken.length === 0) return;
  const names = taken.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ');
  const ingressClass = taken.find(isClass)?.metadata.name;
  if (ingressClass === undefined) {
    throw environmentError('object-taken', `the cluster has what a run would make, and it is not ours: ${names}`, {
      next: 'use another cluster, or remove it if nobody needs it',
    });
  }
  throw environmentError(
    'class-taken',
    `the cluster has a controller for the class ${ingressClass} already; it is not ours: ${names}`,
    { next: `${testThat(ingressClass)}, or install beside it with another --ingress-class` },
  );
}

const annotation = 'kubernetes.io/ingress.class';

/**
 * Throws an environment error where the controller, once installed, would serve Ingresses of somebody's for what they do not say or say the
 * old way: their requests would reach it, ours them, and it would write its address to their status.
 */
export async function assertNoneTaken(
  kube: Pick<Kube, 'list'>,
  { title, servesUnclassed, preinstalled }: Pick<Controller, 'title' | 'servesUnclassed' | 'preinstalled'>,
  { ingressClass, annotationClass = ingressClass }: Pick<ControllerSettings, 'ingressClass' | 'annotationClass'>,
): Promise<void> {
  if (preinstalled) return;
  const would = ({ metadata, spec }: KubernetesObject): boolean => {
    if (spec?.ingressClassName !== undefined) return false;
    const said = metadata.annotations?.[annotation];
    return said === undefined ? servesUnclassed === true : said === annotationClass;
  };
  const ingresses = await kube.list({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' });
  const theirs = ingresses.filter((object) => would(object) && !isOurs(object));
  if (theirs.length === 0) return;
  const names = theirs.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).join(', ');
  throw environmentError(
    'ingress-unclassed',
    `${title} would serve Ingresses of this cluster that have no spec.ingressClassName as if they were for it: ${names}`,
    { next: 'give them an ingressClassName, test what serves them with --controller existing, or use another cluster' },
  );
}

const testThat = (ingressClass: string): string =>
  `test that one with --controller existing --ingress-class ${ingressClass}`;

/**
 * A controller serves the classes that name it in `spec.controller`, whatever they are called, so two of one name serve each other's
 * Ingresses: another class would not keep them apart.
 */
async function assertNoRival(kube: Pick<Kube, 'list'>, objects: readonly KubernetesObject[]): Promise<void> {
  const controllerOf = ({ spec }: KubernetesObject): unknown => spec?.controller;
  const controllers = objects.filter(isClass).map(controllerOf);
  if (controllers.length === 0) return;
  const classes = await kube.list(classKind);
  const rival = classes.find((object) => controllers.includes(controllerOf(object)) && !isOurs(object));
  if (rival === undefined) return;
  const { name } = rival.metadata;
  throw environmentError(
    'class-taken',
    `the cluster has a controller for the class ${name} already, and it goes by the same name, ${controllerOf(rival)}: each would serve the other’s Ingresses`,
    { next: `${testThat(name)}, or use another cluster` },
  );
}
