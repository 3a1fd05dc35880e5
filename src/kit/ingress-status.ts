import { AssayError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Kit } from './kit.ts';

/** Where an Ingress says that it is served. */
export interface IngressAddress {
  readonly ip?: string;
  readonly hostname?: string;
}

const kind = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' };

/** What the status of an Ingress of the kit's namespace says now. */
export async function addressesOf({ kube, namespace }: Kit, name: string): Promise<readonly IngressAddress[]> {
  const object = await kube.get({ ...kind, name, namespace });
  return inStatus(object);
}

/** Resolves with the addresses in an Ingress's status as soon as there are any; with none after `timeoutMs`. */
export async function addressesWithin(
  { kube, namespace }: Kit,
  name: string,
  timeoutMs: number,
): Promise<readonly IngressAddress[]> {
  const where = { namespace, name };
  const some = ([object]: readonly KubernetesObject[]) => {
    const addresses = inStatus(object);
    return addresses.length > 0 ? addresses : undefined;
  };
  return kube.waitFor(kind, where, some, `an address of Ingress ${name}`, timeoutMs).catch(noneInTime);
}

/** How long a status that is to be written may take: as long as asked, or until the next round of a controller that writes them in rounds. */
export const statusWithinMs = ({ controller }: Pick<Kit, 'controller'>, askedMs: number): number =>
  Math.max(askedMs, 1.5 * (controller.definition.statusEveryMs ?? 0));

/** Resolves with whether an Ingress's status holds no address before `timeoutMs` are over. */
export async function clearedWithin({ kube, namespace }: Kit, name: string, timeoutMs: number): Promise<boolean> {
  const where = { namespace, name };
  const none = ([object]: readonly KubernetesObject[]) => inStatus(object).length === 0 || undefined;
  const cleared = await kube.waitFor(kind, where, none, `no address of Ingress ${name}`, timeoutMs).catch(noneInTime);
  return cleared === true;
}

const inStatus = (object: KubernetesObject | undefined): readonly IngressAddress[] =>
  object?.status?.loadBalancer?.ingress ?? [];

function noneInTime(thrown: unknown): readonly [] {
  if (thrown instanceof AssayError && thrown.code === 'wait-timeout') return [];
  throw thrown;
}
