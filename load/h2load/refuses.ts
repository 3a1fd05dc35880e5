import { atOneAddress, expectAlike, senseless } from '../../src/load/senseless.ts';
import type { LoadOrder } from '../../src/model/load.ts';

/** Why h2load cannot carry out this order; nothing where it can. */
export function refuses(order: LoadOrder): string | undefined {
  const nonsense = senseless(order);
  if (nonsense !== undefined) return nonsense;
  const [first, ...others] = order.targets;
  if (order.shape.kind === 'rate')
    return 'h2load would hold a rate by waiting for answers: it is asked for saturation only';
  if (order.connectionUse === 'fresh') return 'h2load keeps its connections';
  if (!atOneAddress(order)) return 'h2load asks one address and port';
  if (!expectAlike(order)) return 'h2load cannot tell which answer is whose: all targets must expect the same';
  if (
    others.some(
      (other) => other.host !== first?.host || other.method !== first.method || other.bodyBytes !== first.bodyBytes,
    )
  )
    return 'h2load sends requests that differ in their path only';
  return undefined;
}
