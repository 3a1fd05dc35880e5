import { environmentError } from '../../src/model/errors.ts';
import type { LoadOrder, LoadPod, LoadResult } from '../../src/model/load.ts';
import { encodeHistogram, newHistogram } from '../../src/stats/histogram.ts';
import { middleOf } from './latency-bucket.ts';
import { orderForScript, scheduled } from './order-for-script.ts';
import { type Counted, failuresOf } from './read-lines.ts';
import { resultOf } from './result-of.ts';
import { type Counters, endings, mostSeconds, startName, summaryMark } from './script-order.ts';
import { podVersion } from './test-run.ts';

/** One result of what several k6 saw that shared an order: counts added up, latencies in one histogram; measured from when the last began. */
export function mergePods(order: LoadOrder, pods: readonly LoadPod[]): LoadResult {
  const summaries = pods.map(summaryOf);
  const sums = added(summaries);
  const starts = summaries.flatMap((summary) => summary[startName] ?? []);
  const counted = countedOf(sums, Math.ceil(order.durationMs / 1000));
  const result = resultOf(
    { ...counted, measuredFromMs: starts.length === 0 ? undefined : Math.max(...starts) },
    scheduled(orderForScript(order, 'summary')),
    {
      engineVersion: podVersion,
      durationMs: order.durationMs,
    },
  );
  // What k6 says that it dropped is a part of what is missing; more only if its schedule had more than ours.
  const dropped = Math.max(result.generator.dropped, sums.dropped ?? 0);
  return { ...result, generator: { ...result.generator, dropped } };
}

function summaryOf({ name, log }: LoadPod): Counters {
  const line = log.split('\n').find((line) => line.startsWith(summaryMark));
  if (line !== undefined) return JSON.parse(line.slice(summaryMark.length));
  const end = log.trim().split('\n').slice(-3).join('\n') || 'nothing';
  throw environmentError(
    'load-pod-silent',
    `${name} was to make a part of the load and logged no result, but: ${end}`,
    {
      next: 'see the events of that pod: it may have been ended before its time',
    },
  );
}

function added(all: readonly Counters[]): Counters {
  const sums: Record<string, number> = {};
  for (const counters of all)
    for (const [name, count] of Object.entries(counters)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

function countedOf(sums: Counters, seconds: number): Omit<Counted, 'measuredFromMs'> {
  const of = (name: string, index: number) => sums[`${name}_${index}`] ?? 0;
  const latency = newHistogram();
  for (const [name, count] of Object.entries(sums)) {
    const bucket = /^latency_(\d+)$/.exec(name)?.[1];
    if (bucket !== undefined) latency.recordValueWithCount(Math.round(middleOf(Number(bucket))), count);
  }
  return {
    answered: of('ended', 0),
    failures: failuresOf(endings.map((_, index) => of('ended', index))),
    bytesReceived: of('sum', 0),
    connectionsOpened: of('sum', 1),
    latency: encodeHistogram(latency),
    seconds: Array.from({ length: seconds <= mostSeconds ? seconds : 0 }, (_, second) => ({
      answered: of('answered', second),
      failed: of('failed', second),
    })),
  };
}
