import type { LoadResult } from '../../src/model/load.ts';
import type { Counted } from './read-lines.ts';

export interface AroundK6 {
  readonly engineVersion: string;
  readonly durationMs: number;
  readonly cpuShare?: number;
  readonly peakMemoryBytes?: number | undefined;
}

/** A result from what was counted and how many requests were scheduled. What is missing was dropped, for want of a connection or of time. */
export function resultOf(counted: Counted, scheduled: number, around: AroundK6): LoadResult {
  const failed = Object.values(counted.failures).reduce((sum, count) => sum + count, 0);
  const sent = counted.answered + failed;
  const dropped = Math.max(0, scheduled - sent);
  return {
    engine: 'k6',
    engineVersion: around.engineVersion,
    ...(counted.measuredFromMs !== undefined && { measuredFromMs: counted.measuredFromMs }),
    durationMs: around.durationMs,
    offered: sent + dropped,
    answered: counted.answered,
    failures: counted.failures,
    bytesReceived: counted.bytesReceived,
    connectionsOpened: counted.connectionsOpened,
    latency: { since: 'sent', histogram: counted.latency },
    seconds: counted.seconds.map(({ answered, failed }) => ({ offered: answered + failed, answered, failed })),
    generator: {
      ...(around.cpuShare !== undefined && { cpuShare: around.cpuShare }),
      ...(around.peakMemoryBytes !== undefined && { peakMemoryBytes: around.peakMemoryBytes }),
      dropped,
    },
  };
}
