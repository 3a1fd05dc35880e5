import type { Ingress, IngressClass } from './objects.ts';

/** The `spec.controller` of the classes that are ours. */
export const controllerName = 'ingress-assay.dev/reference';

/**
 * Whether an Ingress is ours: the class it names is. The annotation, deprecated since v1, is heeded where the field is absent; an
 * Ingress that names none belongs to whoever has the default class.
 */
export function isOurs({ metadata, spec }: Ingress, classes: readonly IngressClass[]): boolean {
  const named = spec.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class'];
  const ours = classes.filter((one) => one.spec.controller === controllerName);
  if (named !== undefined) return ours.some((one) => one.metadata.name === named);
  return ours.some((one) => one.metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true');
}
