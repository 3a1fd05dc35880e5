import type { LoadOrder } from '../../src/model/load.ts';
import { endpointsOf } from './endpoint.ts';

/** Faster than any thread sends: what is due would only be counted as never sent. */
const mostPerThreadRps = 1_000_000;

const isPositive = (value: unknown): boolean => typeof value === 'number' && value > 0 && Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isInteger(value) && isPositive(value);

/** Why this order cannot be carried out anywhere; nothing where it can. */
export function refusal(order: LoadOrder): string | undefined {
  const { shape, targets, connections, threads, durationMs, timeoutMs, warmUpMs } = order;
  if (shape === undefined || !Array.isArray(targets)) return 'what was given is no order';
  if (targets.length === 0) return 'there is no target to ask';
  if (!isPositive(durationMs)) return `a duration of ${durationMs} ms measures nothing`;
  if (!isPositive(timeoutMs)) return `a time-out of ${timeoutMs} ms leaves no time to answer`;
  if (!(Number.isFinite(warmUpMs) && warmUpMs >= 0)) return `a warm-up of ${warmUpMs} ms is none`;
  if (!isCount(connections)) return `${connections} connections carry no request`;
  if (!isCount(threads)) return `${threads} threads send no request`;
  if (order.streams !== undefined && !isCount(order.streams)) return `${order.streams} streams carry no request`;
  if (shape.kind === 'rate') {
    if (!isPositive(shape.rateRps)) return `a rate of ${shape.rateRps} requests/s asks nothing`;
    if (shape.rateRps > threads * mostPerThreadRps)
      return `${shape.rateRps} requests/s are more than could ever be sent: at most ${mostPerThreadRps} by each thread, of which there may be ${threads} here`;
  }
  const endpoints = endpointsOf(order).length;
  if (connections < endpoints)
    return `${connections} connections cannot be kept to ${endpoints} endpoints: ask for one each at least, or for fresh ones`;
  return undefined;
}
