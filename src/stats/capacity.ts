import { assertSample, median } from './sample.ts';

/** Throughput of each run at one number of connections. */
export interface ThroughputPoint {
  readonly connections: number;
  readonly ratesRps: readonly number[];
}

export interface Capacity {
  /** The highest median. */
  readonly rateRps: number;
  /** The fewest connections whose median reaches 95 % of it: more only wait. */
  readonly connections: number;
}

/** The most that was served, and the fewest connections that it takes. */
export function capacity(points: readonly ThroughputPoint[]): Capacity {
  const medians = points.map(({ connections, ratesRps }) => ({ connections, rateRps: median(ratesRps) }));
  assertSample(medians.map(({ rateRps }) => rateRps));
  const rateRps = Math.max(...medians.map((point) => point.rateRps));
  const enough = medians.filter((point) => point.rateRps >= 0.95 * rateRps).map((point) => point.connections);
  return { rateRps, connections: Math.min(...enough) };
}
