import { atOneAddress, senseless } from '../../src/load/senseless.ts';
import type { LoadOrder } from '../../src/model/load.ts';

/** autocannon builds every request anew for every connection, and keeps it. */
const mostRequests = 100_000;

/** Why autocannon cannot carry out this order; nothing where it can. */
export function refuses(order: LoadOrder): string | undefined {
  const nonsense = senseless(order);
  if (nonsense !== undefined) return nonsense;
  const { shape, protocol, connectionUse, targets, connections } = order;
  if (shape.kind === 'rate') return 'autocannon has no steady rate: it sends a second’s requests at once, then waits';
  if (protocol === 'h2') return 'autocannon speaks no HTTP/2';
  if (connectionUse === 'fresh') return 'autocannon leaves out of its counts the answers after which it connects anew';
  if (!atOneAddress(order)) return 'autocannon asks one address and port';
  if (targets.some(({ tls, host }) => tls && host !== targets[0]?.host))
    return 'autocannon names one server in its TLS handshakes: all targets must have one host';
  if (order.timeoutMs < 1000) return 'autocannon gives no request up before a second';
  if (targets.some(({ method }) => method === 'HEAD')) return 'autocannon waits for the body that HEAD does not bring';
  if (targets.length * connections > mostRequests)
    return `autocannon would keep ${targets.length * connections} requests in memory, one for each target and connection: ${mostRequests} at most`;
  return undefined;
}
