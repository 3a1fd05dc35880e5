import { atOneAddress, expectAlike, senseless } from '../../src/load/senseless.ts';
import type { LoadOrder } from '../../src/model/load.ts';

/** Why wrk cannot carry out this order; nothing where it can. */
export function refuses(order: LoadOrder): string | undefined {
  const nonsense = senseless(order);
  if (nonsense !== undefined) return nonsense;
  if (order.shape.kind === 'rate') return 'wrk sends as fast as it can: it has no rate';
  if (order.protocol === 'h2') return 'wrk speaks no HTTP/2';
  if (!atOneAddress(order)) return 'wrk asks one address and port';
  if (!expectAlike(order)) return 'wrk cannot tell which answer is whose: all targets must expect the same';
  if (order.targets.some(({ tls, host }) => tls && host !== order.targets[0]?.host))
    return 'wrk names one server in its TLS handshakes: all targets must have one host';
  if (order.targets.some(({ method }) => method === 'HEAD')) return 'wrk waits for the body that HEAD does not bring';
  return undefined;
}
