import type { BenchmarkSide } from '../../model/benchmark.ts';
import type { LoadOrder, LoadResult } from '../../model/load.ts';
import { decodeHistogram, percentilesUs } from '../../stats/histogram.ts';
import type { Used } from './sampler.ts';

/** Sockets where the load starts, just after it. */
export interface Sockets {
  /** Closed ones whose ports are kept for a while. */
  readonly timeWait: number;
  /** How many ports there are to connect from. */
  readonly ports: number;
}

/** One run and all that was seen of it. */
export interface MeasuredRun {
  readonly side: BenchmarkSide;
  readonly startedAtMs: number;
  readonly order: LoadOrder;
  readonly result: LoadResult;
  /** Absent where the run was too short to look twice. */
  readonly used?: Used | undefined;
  readonly sockets?: Sockets | undefined;
  /** Connections that the back-ends accepted meanwhile, in the warm-up too. */
  readonly accepted?: number | undefined;
}

/** Right answers a second within the measured time: what a queue gives later is not counted, where the engine tells it apart. */
export const rateOf = ({ result: { answered, answeredWithin = answered, durationMs } }: MeasuredRun): number =>
  answeredWithin / (durationMs / 1000);

/** Failures of all causes. */
export const failuresOf = ({ result }: MeasuredRun): number =>
  Object.values(result.failures).reduce((total, count) => total + count, 0);

/** Percentiles that are read off every run. */
const kept: readonly number[] = [50, 90, 99, 99.9];

/** Decoded once: a report is composed after every run, of all runs. */
const decoded = new WeakMap<MeasuredRun, Map<string, readonly number[]>>();

function percentilesOf(run: MeasuredRun, name: string, base64: string | undefined): readonly number[] | undefined {
  if (base64 === undefined) return undefined;
  const known = decoded.get(run) ?? new Map<string, readonly number[]>();
  decoded.set(run, known);
  const found = known.get(name) ?? percentilesUs(decodeHistogram(base64), kept) ?? [];
  known.set(name, found);
  return found;
}

/** Which of the latencies each percentile of 50, 90, 99 and 99.9 stays at or below, in µs; nothing where there are none. */
export const latencyUs = (run: MeasuredRun, percentile: number): number | undefined =>
  percentilesOf(run, 'latency', run.result.latency?.histogram)?.[kept.indexOf(percentile)];

/** The lag that 99 of 100 requests did not exceed when they were sent, in µs. */
export const sendLagUs = (run: MeasuredRun): number | undefined =>
  percentilesOf(run, 'send lag', run.result.sendLag)?.[kept.indexOf(99)];
