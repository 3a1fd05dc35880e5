import { isDenied } from '../kit/admission.ts';
import type { Area, Check, Ground } from '../kit/check.ts';
import { CheckFailed } from '../kit/failure.ts';
import type { Kube } from '../kube/kube.ts';
import type { ControllerSettings } from '../model/controller.ts';
import { owned } from './owned.ts';

/** Where a check stands: an area with a story has the controller's namespace, any other one of its own. */
export function groundOf(area: Area, name: string, settings: ControllerSettings): Ground {
  const { namespace, ingressClass, annotationClass } = settings;
  return {
    name,
    host: `${name}.${area.name}.example`,
    namespace: area.story === undefined ? `${namespace}-${area.name}` : namespace,
    ingressClass,
    ...(annotationClass !== undefined && { annotationClass }),
  };
}

/** The check's name: the last part of its id. */
export const nameOf = ({ id }: Pick<Check, 'id'>): string => id.slice(id.indexOf('/') + 1);

/** Applies what a check is given. A refusal by the controller's own admission webhook refutes the check. */
export async function give(kube: Kube, ground: Ground, check: Check): Promise<void> {
  const objects = (await kube.inNamespace(check.given?.(ground) ?? [], ground.namespace)).map(owned);
  try {
    await kube.apply(objects);
  } catch (thrown) {
    if (!isDenied(thrown)) throw thrown;
    throw new CheckFailed({ expected: 'its objects to be admitted', actual: thrown.message });
  }
  const deployments = objects.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata);
  await Promise.all(deployments.map(({ namespace = ground.namespace, name }) => kube.rollout(namespace, [name])));
}
