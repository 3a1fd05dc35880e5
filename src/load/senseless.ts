import type { LoadOrder } from '../model/load.ts';

/** Why no engine at all could carry out this order; nothing where one might. */
export function senseless({ shape, targets, connections, threads, ...times }: LoadOrder): string | undefined {
  if (targets.length === 0) return 'there is nothing to ask: the order has no target';
  if (!isCount(connections)) return `load needs at least one connection, not ${connections}`;
  if (!isCount(threads)) return `load needs at least one thread, not ${threads}`;
  if (!(times.durationMs > 0)) return `load has to last longer than ${times.durationMs} ms`;
  if (!(times.warmUpMs >= 0)) return `a warm-up cannot last ${times.warmUpMs} ms`;
  if (!(times.timeoutMs > 0)) return `no request has its answer within ${times.timeoutMs} ms`;
  if (shape.kind === 'rate' && !(shape.rateRps > 0 && Number.isFinite(shape.rateRps)))
    return `there is no load at ${shape.rateRps} requests/s`;
  return undefined;
}

const isCount = (value: number): boolean => Number.isInteger(value) && value > 0;

/** Whether all targets are at one address, and spoken to in one way: a tool that takes one URL can ask them. */
export const atOneAddress = ({ targets: [first, ...others] }: LoadOrder): boolean =>
  others.every(({ address, port, tls }) => address === first?.address && port === first.port && !tls === !first.tls);

/** Whether a right answer is the same for all targets. */
export const expectAlike = ({ targets: [first, ...others] }: LoadOrder): boolean =>
  others.every(({ expect }) => JSON.stringify(expect) === JSON.stringify(first?.expect));
