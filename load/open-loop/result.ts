import type { LoadOrder, LoadResult } from '../../src/model/load.ts';
import { encodeCounts, newCounts, percentileOf } from '../../src/stats/microseconds.ts';
import type { Tally } from './messages.ts';
import { leewayMs } from './tally.ts';

export interface Observed {
  readonly order: LoadOrder;
  readonly measuredFromMs: number;
  readonly tallies: readonly Tally[];
  readonly seconds: LoadResult['seconds'];
  /** CPU time of the whole process over wall time. */
  readonly processCpuShare: number;
  readonly peakMemoryBytes: number;
}

/** What all threads have seen, as one result. */
export function resultOf(observed: Observed): LoadResult {
  const { order, measuredFromMs, tallies, seconds, processCpuShare, peakMemoryBytes } = observed;
  const sum = (read: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + read(tally), 0);
  const merged = (read: (tally: Tally) => Float64Array): Float64Array => summed(tallies.map(read));
  const thirds = [0, 1, 2].map((index) => merged((tally) => tally.thirds[index] as Float64Array));
  const loopLagP99Us = percentileOf(
    merged(({ loopLag }) => loopLag),
    99,
  );
  return {
    engine: 'open-loop',
    engineVersion: `Node.js ${process.version}`,
    measuredFromMs,
    durationMs: order.durationMs,
    offered: sum(({ offered }) => offered),
    answered: sum(({ answered }) => answered),
    answeredWithin: sum(({ answeredWithin }) => answeredWithin),
    ...(order.shape.kind === 'rate' && {
      inTime: {
        leewayMs,
        due: sum(({ dueInTime }) => dueInTime),
        answered: sum(({ answeredInTime }) => answeredInTime),
      },
    }),
    failures: addedUp(tallies.map(({ failures }) => failures)),
    bytesReceived: sum(({ bytesReceived }) => bytesReceived),
    connectionsOpened: sum(({ connectionsOpened }) => connectionsOpened),
    waitedForConnection: sum(({ waitedForConnection }) => waitedForConnection),
    sentAgain: sum(({ sentAgain }) => sentAgain),
    latency: {
      since: order.shape.kind === 'rate' ? 'intended' : 'sent',
      histogram: encodeCounts(summed(thirds)),
    },
    sendLag: encodeCounts(merged(({ sendLag }) => sendLag)),
    seconds,
    thirds: thirds.map(thirdOf),
    generator: {
      // The sleeper and the collector run beside the senders, and on one CPU at their expense.
      cpuShare: Math.max(processCpuShare / tallies.length, ...tallies.map(({ cpuShare }) => cpuShare)),
      ...(loopLagP99Us !== undefined && { eventLoopLagP99Us: loopLagP99Us }),
      peakMemoryBytes,
      dropped: sum(({ dropped, failures }) => dropped + (failures['no-socket'] ?? 0)),
    },
  };
}

function summed(those: readonly Float64Array[]): Float64Array {
  const all = newCounts();
  for (const counts of those)
    counts.forEach((count, bucket) => {
      all[bucket] = (all[bucket] as number) + count;
    });
  return all;
}

function thirdOf(counts: Float64Array) {
  const p50Us = percentileOf(counts, 50);
  return { answered: counts.reduce((sum, count) => sum + count, 0), ...(p50Us !== undefined && { p50Us }) };
}

/** Each cause with what all have counted of it. */
export function addedUp<K extends string>(counts: readonly Partial<Record<K, number>>[]): Partial<Record<K, number>> {
  const all: Partial<Record<K, number>> = {};
  for (const one of counts)
    for (const [cause, count] of Object.entries(one) as [K, number][]) all[cause] = (all[cause] ?? 0) + count;
  return all;
}
