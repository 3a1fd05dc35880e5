import type { Controller } from '../model/controller.ts';
import { usageError } from '../model/errors.ts';
import { choose } from '../run/choose.ts';
import { isControllerFile, readOwnController } from '../run/own-controller.ts';

/** The controller of that name, or of the file that defines one, serving that class where one is named. */
export async function chosenController(
  wanted: string,
  controllers: readonly Controller[],
  ingressClass?: string,
): Promise<Controller> {
  const chosen = isControllerFile(wanted)
    ? await readOwnController(wanted)
    : choose('controller', wanted, controllers, ({ name }) => name);
  const served = ingressClass ?? chosen.ingressClass;
  if (served !== '') return { ...chosen, ingressClass: served };
  throw usageError('ingress-class-missing', `--controller ${chosen.name} is told by its class which one it is`, {
    next: 'name the class with --ingress-class; see: kubectl get ingressclasses',
  });
}
