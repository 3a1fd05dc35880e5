import type { Benchmark } from '../../../../src/model/benchmark.ts';
import type { Report } from '../../../../src/model/report.ts';
import { isKnownFailure, tally } from '../../../../src/model/summary.ts';
import { figure, times } from '../number.tsx';

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

const betterWords: Readonly<Record<string, readonly [more: string, less: string]>> = {
  throughput: ['as many requests a second', 'as many requests a second'],
};

/** The comparison that a reader asks for first: throughput where most is served, then latency. */
function leading(comparisons: readonly Comparison[], figureName: RegExp): Comparison | undefined {
  const fitting = comparisons.filter(({ figure: name }) => figureName.test(name));
  const decided = fitting.filter(({ verdict }) => verdict === 'better' || verdict === 'worse');
  return decided.find(({ point }) => /^64 |50 %/.test(point)) ?? decided[0] ?? fitting[0];
}

const range = ({ lower, upper }: Comparison['effect']): string =>
  lower === undefined || upper === undefined ? '' : ` (${lower.toFixed(2)} to ${upper.toFixed(2)})`;

function compared({ effect, verdict, sameWithin, point, smallestEffect }: Comparison, what: string): string {
  if (verdict === 'same') return `${what}: the same within ${Math.round(sameWithin * 100)} % at ${point}`;
  if (verdict === 'cannot-tell') {
    const seen =
      smallestEffect === undefined ? '' : `, where ${Math.round(smallestEffect * 100)} % would have been seen`;
    return `${what}: no difference shown at ${point}${seen}`;
  }
  return `${times(effect.estimate)}${range(effect)} ${betterWords[what]?.[0] ?? what} at ${point}`;
}

/** What the load says, as a sentence: whose figure is how many times the other's, or what the one serves. */
export function speedSentence({ benchmark, controller }: Report): string | undefined {
  if (benchmark === undefined) return undefined;
  const { against, comparisons } = benchmark;
  const throughput = leading(comparisons, /^throughput$/);
  const latency = leading(comparisons, /^latency p99$/);
  if (against !== undefined && (throughput ?? latency) !== undefined) {
    const parts = [
      ...(throughput === undefined ? [] : [compared(throughput, 'throughput')]),
      ...(latency === undefined ? [] : [compared(latency, 'the p99')]),
    ];
    return `Beside it, ${against.title} ${against.version} has ${parts.join(', and ')}.`;
  }
  const best = benchmark.scenarios
    .flatMap(({ points }) => points.flatMap((point) => point.figures.map((one) => ({ point: point.name, ...one }))))
    .filter((one) => one.name === 'throughput' && one.side === 'a' && one.void === undefined)
    .sort((one, other) => (other.median?.estimate ?? 0) - (one.median?.estimate ?? 0))[0];
  if (best?.median === undefined) return `No figure of ${controller.title} under load can be used.`;
  return `It serves ${figure(best.median.estimate)} ${best.unit} at ${best.point}.`;
}
