import { environmentError } from '../model/errors.ts';
import { curlOf } from './curl.ts';
import { CheckFailed } from './failure.ts';
import type { Kit } from './kit.ts';
import { type Summary, summaryOf } from './latency.ts';
import { vantageOf } from './place.ts';
import type { Sample, StreamOptions } from './stream.ts';

/** What went wrong in a stream, counted by cause: no answer, a status other than 200, an answer from elsewhere. Empty where nothing did. */
function faultsOf(samples: readonly Sample[], backends: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { outcome } of samples) {
    const fault = faultOf(outcome, backends);
    if (fault !== undefined) counts[fault] = (counts[fault] ?? 0) + 1;
  }
  return counts;
}

function faultOf(outcome: Sample['outcome'], backends: readonly string[]): string | undefined {
  if (outcome.kind === 'failed') return outcome.cause;
  if (outcome.status !== 200) return `status ${outcome.status}`;
  return backends.includes(outcome.backend ?? '') ? undefined : `wrong back-end ${outcome.backend ?? '(unsigned)'}`;
}

/** What makes a stream's figures worth reading, and how far. */
export interface StreamGuard {
  readonly requests: number;
  /** Between intended send times. */
  readonly spacingMs: number;
  /** How late requests left. */
  readonly sendLagMs: Summary | undefined;
  /** Tasks that ran or wanted to, for each CPU of the machine the requests left from, on average; absent where that cannot be seen. */
  readonly runnablePerCpu?: number;
  /** `held` where nine requests of ten left within one spacing and the machine was not crowded; else why the figures are void. */
  readonly guard: string;
}

/**
 * Tasks for each CPU from which on a machine is crowded: the controller gets too little of it to be held to a time. Seen over the
 * streams of runs that have the machine to themselves: 0.6 to 5; with a load of 31 on two CPUs Traefik heard of leaving pods after more than 6 s.
 */
const crowdedFrom = 8;

/** Judges whether a stream was sent as intended: a figure taken from one that was not says more of the machine than of the controller. */
export function guardOf(samples: readonly Sample[], spacingMs: number): StreamGuard {
  const sendLagMs = summaryOf(samples.map(({ intendedAtMs, sentAtMs }) => sentAtMs - intendedAtMs));
  const p90 = sendLagMs?.p90 ?? Number.POSITIVE_INFINITY;
  const crowd = crowdOf(samples);
  const late =
    p90 <= spacingMs
      ? undefined
      : `one request in ten left more than ${p90.toFixed(1)} ms late, the machine being busy`;
  const why = isCrowded(crowd) ? `${crowd?.toFixed(0)} tasks wanted each CPU of the machine` : late;
  return {
    requests: samples.length,
    spacingMs,
    sendLagMs,
    ...(crowd !== undefined && { runnablePerCpu: crowd }),
    guard: why === undefined ? 'held' : `void: ${why}`,
  };
}

function crowdOf(samples: readonly Sample[]): number | undefined {
  const crowds = samples.flatMap(({ runnablePerCpu }) => runnablePerCpu ?? []);
  return crowds.length === 0 ? undefined : crowds.reduce((total, one) => total + one, 0) / crowds.length;
}

const isCrowded = (runnablePerCpu = 0): boolean => runnablePerCpu >= crowdedFrom;

/** How many of the faults are listed one by one in the evidence. */
const faultsListed = 20;

/**
 * Records what a stream's figures are worth and what of it went wrong, and throws where anything did: a CheckFailed, but for what our
 * own side is to blame for. A request that could not be made says nothing, and nothing but time-outs on a machine too busy to
 * send in time says as much of the machine as of the controller, as does any fault on a crowded one.
 */
export function expectNoFault(
  kit: Pick<Kit, 'record'>,
  samples: readonly Sample[],
  { place, request, spacingMs }: StreamOptions,
  backends: readonly string[],
  expected: string,
): void {
  const faults = faultsOf(samples, backends);
  const guard = guardOf(samples, spacingMs);
  const startMs = samples.reduce((least, { intendedAtMs }) => Math.min(least, intendedAtMs), Number.POSITIVE_INFINITY);
  const list = samples.flatMap(({ outcome, sentAtMs }) => {
    const fault = faultOf(outcome, backends);
    return fault === undefined ? [] : [{ atMs: sentAtMs - startMs, fault }];
  });
  kit.record('requests meanwhile', { ...guard, faults, faultsAfterStart: list.slice(0, faultsListed) });
  const kinds = Object.keys(faults);
  if (kinds.length === 0) return;
  const actual = `of ${samples.length} requests: ${kinds.map((kind) => `${faults[kind]} ${kind}`).join(', ')}`;
  const curl = curlOf({ request, vantage: vantageOf(place) });
  if (faults.other !== undefined) {
    throw environmentError('probe-broken', `requests from ${vantageOf(place)} could not be made: ${actual}`, {
      next: curl,
    });
  }
  if (isCrowded(guard.runnablePerCpu) || (guard.guard !== 'held' && kinds.every((kind) => kind === 'timeout'))) {
    throw environmentError('machine-busy', `${actual}, but the stream is ${guard.guard}`, { next: 'see: uptime' });
  }
  throw new CheckFailed({ expected, actual, curl });
}

/**
 * The error for what a stream was to bring in time and did not: a CheckFailed, but where the machine was crowded, or the last request
 * timed out and the machine was too busy to send in time.
 */
export function neverCame(expected: string, samples: readonly Sample[], options: StreamOptions): Error {
  const last = samples.at(-1);
  const actual = `none in ${samples.length} requests; the last: ${outcomeText(last)}`;
  const { guard, runnablePerCpu } = guardOf(samples, options.spacingMs);
  const timedOut = last?.outcome.kind === 'failed' && last.outcome.cause === 'timeout';
  if (isCrowded(runnablePerCpu) || (timedOut && guard !== 'held')) {
    const message = `expected ${expected}, got ${actual}, but the stream is ${guard}`;
    return environmentError('machine-busy', message, { next: 'see: uptime' });
  }
  const curl = curlOf({ request: options.request, vantage: vantageOf(options.place) });
  return new CheckFailed({ expected, actual, curl });
}

function outcomeText(sample: Sample | undefined): string {
  if (!sample) return 'none has ended';
  const { outcome } = sample;
  if (outcome.kind === 'failed') return outcome.cause;
  return `status ${outcome.status} from ${outcome.backend ?? 'none of our back-ends'}`;
}
