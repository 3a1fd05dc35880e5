import type { Ingress, IngressClass } from './objects.ts';

/** The `spec.controller` of the classes that this program may serve; it serves the one of them whose name it is told. */
export const controllerName = 'ingress-assay.dev/reference';

/**
 * Whether an Ingress is ours: the class it names is. The annotation, deprecated since v1, is heeded where the field is absent; an
 * Ingress that names none is ours where our class is the default.
 */
export function isOurs({ metadata, spec }: Ingress, classes: readonly IngressClass[], ownClass: string): boolean {
  const own = classes.find((one) => one.metadata.name === ownClass && one.spec.controller === controllerName);
  const named = spec.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class'];
  if (own === undefined) return false;
  if (named !== undefined) return named === ownClass;
  return own.metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true';
}
