import type { Benchmark, BenchmarkFigure } from '../../../../src/model/benchmark.ts';
import { mainNames } from '../../../../src/model/benchmark-words.ts';
import type { Report } from '../../../../src/model/report.ts';
import { isKnownFailure, tally } from '../../../../src/model/summary.ts';
import { figure } from '../number.ts';

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** What the checks say, as a sentence about the controller. */
export function verdictSentence(report: Report): string {
  const { title, version } = report.controller;
  const name = `${title} ${version}`;
  const counts = tally(report.checks);
  const judged = counts.passed + counts.failed;
  const known = report.checks.filter(isKnownFailure).length;
  const unjudged = counts.errored > 0 ? ` ${plural(counts.errored, 'check')} could not be judged.` : '';
  if (judged === 0) {
    if (counts.observed > 0)
      return `${plural(counts.observed, 'behaviour')} of ${name} were recorded, none judged.${unjudged}`;
    return report.checks.length === 0
      ? `Nothing was checked of ${name}.`
      : `No check of ${name} came to a verdict.${unjudged}`;
  }
  if (counts.failed === 0) return `${name} passes all ${plural(judged, 'check')}.${unjudged}`;
  const news = counts.failed - known;
  const failures = counts.failed === 1 ? 'its one failure' : `its ${counts.failed} failures`;
  const which =
    news === 0
      ? `${failures} ${counts.failed === 1 ? 'is' : 'are all'} known`
      : known === 0
        ? `${plural(counts.failed, 'check')} ${counts.failed === 1 ? 'fails' : 'fail'}`
        : `of ${failures}, ${news} ${news === 1 ? 'is' : 'are'} new`;
  return `${name} passes ${counts.passed} of ${plural(judged, 'check')}; ${which}.${unjudged}`;
}

type Comparison = Benchmark['comparisons'][number];

/** The comparison that a reader asks for first: throughput where most is served, then latency. */
function leading(comparisons: readonly Comparison[], names: readonly string[]): Comparison | undefined {
  const fitting = comparisons.filter(({ figure: name }) => names.includes(name));
  const decided = fitting.filter(({ verdict }) => verdict === 'better' || verdict === 'worse');
  return decided.find(({ point }) => /^64 |50 %/.test(point)) ?? decided[0] ?? fitting[0];
}

const whole = (share: number): string => `${Math.round(100 * share)} %`;

/** Where it was measured, and how sure it is. */
function where({ effect, point }: Comparison): string {
  const { lower, upper } = effect;
  return lower === undefined || upper === undefined ? point : `${lower.toFixed(2)} to ${upper.toFixed(2)}, ${point}`;
}

/** What would have been seen, had it been there. */
const unseen = ({ point, smallestEffect }: Comparison): string =>
  smallestEffect === undefined ? point : `${point}; ${whole(smallestEffect)} would have been seen`;

const throughputWords = (one: Comparison): string =>
  ({
    better: `serves ${one.effect.estimate.toFixed(2)} times as many requests a second (${where(one)})`,
    worse: `serves ${one.effect.estimate.toFixed(2)} times as many requests a second (${where(one)})`,
    same: `serves as many requests a second within ${whole(one.sameWithin)} (${one.point})`,
    'cannot-tell': `is not shown to serve more or fewer requests a second (${unseen(one)})`,
  })[one.verdict];

/** `latency p99 from sending` as `p99 latency from sending`. */
const p99Words = (figureName: string): string => figureName.replace('latency p99', 'p99 latency');

const latencyWords = (one: Comparison): string =>
  ({
    better: `has a ${p99Words(one.figure)} ${one.effect.estimate.toFixed(2)} times as long (${where(one)})`,
    worse: `has a ${p99Words(one.figure)} ${one.effect.estimate.toFixed(2)} times as long (${where(one)})`,
    same: `has the same ${p99Words(one.figure)} within ${whole(one.sameWithin)} (${one.point})`,
    'cannot-tell': `is not shown to have another ${p99Words(one.figure)} (${unseen(one)})`,
  })[one.verdict];

/** What the load says, as a sentence: whose figure is how many times the other's, or what the one serves, or how late it answers; after one about checks has named it, or not. */
export function speedSentence(report: Report, isNamed = report.checks.length > 0): string | undefined {
  const { benchmark, controller } = report;
  if (benchmark === undefined) return undefined;
  const { against, comparisons } = benchmark;
  const it = isNamed ? undefined : `${controller.title} ${controller.version}`;
  const throughput = leading(comparisons, mainNames(false));
  const latency = leading(comparisons, mainNames(true));
  if (against !== undefined && (throughput ?? latency) !== undefined) {
    const parts = [
      ...(throughput === undefined ? [] : [throughputWords(throughput)]),
      ...(latency === undefined ? [] : [latencyWords(latency)]),
    ];
    return `${against.title} ${against.version}, measured beside ${it ?? 'it'}, ${parts.join('; ')}.`;
  }
  return ownSentence(benchmark, it ?? 'It', `${controller.title} ${controller.version}`);
}

/** What one controller does by itself: the most that it serves, or else how late it answers at the highest rate where that can be said. */
function ownSentence({ scenarios }: Benchmark, it: string, name: string): string {
  const own = scenarios.flatMap(({ points }) =>
    points.flatMap(({ name: point, rateRps = 0, figures }) =>
      figures.filter(({ side }) => side === 'a').map((one) => ({ ...one, point, rateRps })),
    ),
  );
  const named = (atRate: boolean) => own.filter((one) => mainNames(atRate).includes(one.name));
  const throughputs = named(false);
  const usable = (one: (typeof own)[number]) => one.void === undefined && one.median !== undefined;
  const served = mostOf(throughputs.filter(usable), ({ median }) => median?.estimate ?? 0);
  if (served !== undefined) return `${it} serves ${valueWords(served)} at ${served.point}.`;
  const late = mostOf(named(true).filter(usable), ({ rateRps }) => rateRps);
  if (late === undefined) return `No throughput and no p99 latency of ${name} can be used.`;
  const unusable = throughputs.length > 0 ? '; no throughput of it can be used' : '';
  return `${it} has a ${p99Words(late.name)} of ${valueWords(late)} at ${late.point}${unusable}.`;
}

const valueWords = ({ median, unit }: BenchmarkFigure): string => `${figure(median?.estimate ?? Number.NaN)} ${unit}`;

function mostOf<T>(of: readonly T[], value: (one: T) => number): T | undefined {
  return of.toSorted((one, other) => value(other) - value(one))[0];
}
