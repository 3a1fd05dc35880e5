import { isIPv6 } from 'node:net';
import type { LoadOrder } from '../../src/model/load.ts';
import type { ScriptOrder } from './script-order.ts';

/** k6 lets no scenario last less. */
const leastMs = 1000;

/** What the script is told to carry out this order. */
export function orderForScript(order: LoadOrder, tell: ScriptOrder['tell']): ScriptOrder {
  const rateRps = order.shape.kind === 'rate' ? order.shape.rateRps : 0;
  return {
    tell,
    targets: order.targets.map(({ tls, host, address, port, path, method = 'GET', bodyBytes = 0, expect }) => ({
      url: `${tls ? `https://${host}` : `http://${bracketed(address)}`}:${port}${path}`,
      method,
      host,
      bodyBytes,
      expect,
    })),
    addresses: Object.fromEntries(
      order.targets
        .filter(({ tls }) => tls)
        .map(({ host, address, port }) => [`${host}:${port}`, `${bracketed(address)}:${port}`]),
    ),
    // k6 takes whole numbers.
    rate: { count: Math.round(rateRps * 1000), inMs: 1_000_000 },
    connections: order.connections,
    fresh: order.connectionUse === 'fresh',
    proto: order.protocol === 'h2' ? 'HTTP/2.0' : 'HTTP/1.1',
    warmUpMs: order.warmUpMs === 0 ? 0 : Math.max(leastMs, Math.ceil(order.warmUpMs)),
    durationMs: Math.ceil(order.durationMs),
    timeoutMs: Math.ceil(order.timeoutMs),
  };
}

const bracketed = (address: string): string => (isIPv6(address) ? `[${address}]` : address);

/**
 * How many requests k6's schedule has in the measured time. It drops one where every connection is busy at its time, and says nothing of
 * those that it comes too late for itself: whatever of these was not sent was dropped.
 */
export const scheduled = ({ rate, durationMs }: Pick<ScriptOrder, 'rate' | 'durationMs'>): number => {
  const periodNs = Math.floor((rate.inMs * 1e6) / rate.count);
  return Math.ceil((durationMs * 1e6) / periodNs);
};
