import { applyToApi } from './cluster-api.ts';
import type { Address, Ingress, View } from './objects.ts';
import type { Parts } from './parts.ts';

/** What an Ingress is to tell of us: the addresses of the controller, if it serves it. */
export const statusFor = (_: Ingress, isServed: boolean, own: readonly Address[]): readonly Address[] =>
  isServed ? own : [];

/** Whether an Ingress's status holds what this owner wrote, and nobody else has since. */
const isWrittenBy = ({ metadata }: Ingress, owner: string): boolean =>
  metadata.managedFields?.some(({ manager, subresource }) => manager === owner && subresource === 'status') ?? false;

/** Whether an Ingress's status has to be written, for it to tell what is wanted. Nothing is wanted of what others wrote. */
export function isDue(ingress: Ingress, wanted: readonly Address[], owner: string): boolean {
  if (wanted.length === 0) return isWrittenBy(ingress, owner);
  return JSON.stringify(ingress.status?.loadBalancer?.ingress) !== JSON.stringify(wanted);
}

const apiVersion = 'networking.k8s.io/v1';

/** Writes the status of every Ingress of each view it is given, one after the other; what fails is tried again with the next view. */
export function createStatusWriter(ownClass: string, own: readonly Address[], parts: Parts): (view: View) => void {
  const owner = `ingress-assay-${ownClass}`;
  let latest: View | undefined;
  let isWriting = false;

  return async (view) => {
    latest = view;
    if (isWriting) return;
    isWriting = true;
    while (latest !== undefined) {
      const { ingresses, classes }: View = latest;
      latest = undefined;
      for (const ingress of ingresses) {
        const wanted = parts.statusFor(ingress, parts.isOurs(ingress, classes, ownClass), own);
        if (isDue(ingress, wanted, owner)) await write(ingress, wanted);
      }
    }
    isWriting = false;
  };

  async function write({ metadata: { namespace, name } }: Ingress, ingress: readonly Address[]): Promise<void> {
    const path = `/apis/${apiVersion}/namespaces/${namespace}/ingresses/${name}/status`;
    const status = ingress.length === 0 ? {} : { status: { loadBalancer: { ingress } } };
    const object = { apiVersion, kind: 'Ingress', metadata: { namespace, name }, ...status };
    try {
      await applyToApi(path, owner, object);
    } catch (error) {
      console.error(`${path}: ${error instanceof Error ? error.message : error}`);
    }
  }
}
