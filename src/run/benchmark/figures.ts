import { isBelieved } from '../../model/believed.ts';
import type { BenchmarkFigure, BenchmarkSide, Guard } from '../../model/benchmark.ts';
import { benchmarkSides } from '../../model/benchmark.ts';
import { medianInterval } from '../../stats/median-interval.ts';
import { machineGuards, subjectGuards } from './guards/all.ts';
import { latencyUs, type MeasuredRun, rateOf } from './measured-run.ts';
import { fewestDirectRuns, fewestRuns } from './profiles.ts';

/** A run with what its guards found. */
export interface GuardedRun {
  readonly run: MeasuredRun;
  readonly guards: readonly Guard[];
}

/** What is read off a run. */
interface Measure {
  readonly name: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly of: (run: MeasuredRun) => number | undefined;
}

const mebibyte = 1024 * 1024;

const latency = (percentile: number, since: 'intended' | 'sent'): Measure => ({
  name: `latency p${percentile}${since === 'sent' ? ' from sending' : ''}`,
  unit: 'ms',
  better: 'lower',
  of(run) {
    // Under saturation a request waits for the one before it: what it took says how many there were at once.
    if (run.order.shape.kind !== 'rate' || run.result.latency?.since !== since) return undefined;
    const us = latencyUs(run, percentile);
    return us === undefined ? undefined : us / 1000;
  },
});

const measures: readonly Measure[] = [
  {
    name: 'throughput',
    unit: 'requests/s',
    better: 'higher',
    of: (run) => (run.order.shape.kind === 'saturation' ? rateOf(run) : undefined),
  },
  ...(['intended', 'sent'] as const).flatMap((since) => [50, 90, 99, 99.9].map((one) => latency(one, since))),
  {
    name: 'requests per CPU-second',
    unit: 'requests/CPU-s',
    better: 'higher',
    of: (run) =>
      run.used?.sideCpus === undefined || run.used.sideCpus === 0 ? undefined : rateOf(run) / run.used.sideCpus,
  },
  {
    name: 'peak memory',
    unit: 'MiB',
    better: 'lower',
    of: ({ used }) => (used?.sidePeakBytes === undefined ? undefined : used.sidePeakBytes / mebibyte),
  },
];

/** What a measure's name says of one run; nothing where it has none. */
export const figureOfRun = (name: string, run: MeasuredRun): number | undefined =>
  measures.find((measure) => measure.name === name)?.of(run);

/** The figures of each side at one point: a number for each run that may be believed, and why there is none to use. */
export const figuresOf = (runs: readonly GuardedRun[]): readonly BenchmarkFigure[] =>
  benchmarkSides.flatMap((side) => {
    const own = runs.filter(({ run }) => run.side === side);
    return measures.flatMap((measure) => figure(side, measure, own));
  });

function figure(
  side: BenchmarkSide,
  { name, unit, better, of }: Measure,
  runs: readonly GuardedRun[],
): BenchmarkFigure[] {
  const numbers = runs.flatMap((guarded) => {
    const number = of(guarded.run);
    return number === undefined ? [] : [{ number, guarded }];
  });
  if (numbers.length === 0) return [];
  const believed = numbers.filter(({ guarded }) => isBelieved(guarded));
  const reason = voidReason(runs) ?? tooFewKnown(believed.length, runs);
  // A void figure shows what was seen; nobody uses it.
  const shown = (reason === undefined ? believed : numbers).map(({ number }) => number);
  return [
    {
      name,
      unit,
      better,
      side,
      runs: shown,
      median: medianInterval(shown),
      ...(reason !== undefined && { void: reason }),
    },
  ];
}

/** Why a figure is not to be used that only so many runs to be believed have. */
function tooFewKnown(known: number, runs: readonly GuardedRun[]): string | undefined {
  const believed = runs.filter(isBelieved).length;
  return known < Math.min(believed, fewestOf(runs))
    ? `not known of ${believed - known} of ${runs.length} runs`
    : undefined;
}

/** The direct road is asked half as often. */
const fewestOf = (runs: readonly GuardedRun[]): number =>
  runs[0]?.run.side === 'direct' ? fewestDirectRuns : fewestRuns;

/** Why the figures of these runs are not to be used, if they are not. */
export function voidReason(runs: readonly GuardedRun[]): string | undefined {
  const breaches = runs.flatMap(breachesOf);
  const subject = breaches.find(({ name }) => subjectGuards.has(name));
  const believed = runs.filter(isBelieved).length;
  if (subject === undefined && believed >= fewestOf(runs)) return undefined;
  const worst = subject ?? mostOften(breaches);
  if (worst === undefined) return undefined;
  const times = runs.filter((run) => breachesOf(run).some(({ name }) => name === worst.name)).length;
  return `${worst.name} in ${times} of ${runs.length} runs: ${worst.text}`;
}

/**
 * What counts of a run's breaches. Where the machine had too little to give, answers that came late or not at all are held against nobody; wrong
 * ones, which come fast and keep a generator busy, are.
 */
function breachesOf({ run, guards }: GuardedRun): readonly Guard[] {
  const breaches = guards.filter(({ held }) => !held);
  if (!breaches.some(({ name }) => machineGuards.has(name))) return breaches;
  const onlyLate = Object.entries(run.result.failures).every(([cause, count]) => cause === 'timeout' || count === 0);
  return breaches.filter(({ name }) => name !== 'achieved' && !(name === 'failures' && onlyLate));
}

function mostOften(breaches: readonly Guard[]): Guard | undefined {
  const times = (name: string): number => breaches.filter((breach) => breach.name === name).length;
  return [...breaches].sort((one, other) => times(other.name) - times(one.name))[0];
}
