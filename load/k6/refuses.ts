import { senseless } from '../../src/load/senseless.ts';
import type { LoadOrder } from '../../src/model/load.ts';

/** Why k6 cannot carry out this order; nothing where it can. */
export function refuses(order: LoadOrder): string | undefined {
  const nonsense = senseless(order);
  if (nonsense !== undefined) return nonsense;
  const { shape, protocol, targets } = order;
  if (shape.kind === 'saturation') return 'k6 is asked for a rate only: what it finds at saturation is its own limit';
  if (shape.arrivals === 'poisson') return 'k6 sends at equal distances only';
  if (protocol === 'h2' && targets.some(({ tls }) => !tls)) return 'k6 speaks HTTP/2 over TLS only';
  if (protocol === 'h2' && (order.streams ?? 1) > 1) return 'k6 has one request in flight on a connection';
  if (order.durationMs < 1000) return 'k6 makes load for a second at least';
  const addresses = new Map<string, string>();
  for (const { tls, host, port, address } of targets.filter(({ tls }) => tls)) {
    const name = `${host}:${port}`;
    if ((addresses.get(name) ?? address) !== address) return `k6 knows one address of ${name}, and the order has two`;
    addresses.set(name, tls ? address : '');
  }
  return undefined;
}
