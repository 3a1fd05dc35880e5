import { printableLine } from '../../../../src/model/printable.ts';
import type { Report } from '../../../../src/model/report.ts';
import type { ReportData } from '../../page-data.ts';
import { Chart } from '../charts/chart.tsx';
import { heightOfRatios, ratioChart } from '../charts/ratio-chart.ts';
import { nameOfSide } from '../charts/sides.ts';
import { percent } from '../number.ts';
import { Scenario } from './scenario.tsx';

type Benchmark = NonNullable<Report['benchmark']>;
type Comparison = Benchmark['comparisons'][number];

const titleOfScenario = ({ scenarios }: Benchmark, id: string): string =>
  scenarios.find((one) => one.id === id)?.title ?? id;

const verdictWords = { better: 'better', worse: 'worse', same: 'the same', 'cannot-tell': 'cannot tell' } as const;

/** What was measured under load: first what differs and by how much, then each scenario. */
export function Speed({ data }: { readonly data: ReportData }) {
  const { report, curves } = data;
  const { benchmark } = report;
  if (benchmark === undefined) return null;
  return (
    <>
      {benchmark.against !== undefined && benchmark.comparisons.length > 0 && (
        <Comparisons report={report} benchmark={benchmark} />
      )}
      <p class="told">
        Below, a bar reaches to the median of runs, the thick line is its 95 % interval, and every run is a dot. What a
        guard voided is struck through and hollow.
      </p>
      {benchmark.scenarios.map((scenario) => (
        <Scenario key={scenario.id} report={report} scenario={scenario} curves={curves[scenario.id] ?? {}} />
      ))}
    </>
  );
}

function Comparisons({ report, benchmark }: { readonly report: Report; readonly benchmark: Benchmark }) {
  const { comparisons } = benchmark;
  const a = nameOfSide(report, 'a');
  const b = nameOfSide(report, 'b');
  const rows = inOrder(comparisons).map((comparison) => ({ label: labelOf(benchmark, comparison), comparison }));
  const counts = { better: 0, worse: 0, same: 0, 'cannot-tell': 0 };
  for (const { verdict } of comparisons) counts[verdict] += 1;
  const says = `Of ${comparisons.length} figures ${b} is better than ${a} in ${counts.better}, worse in ${counts.worse}, the same in ${counts.same}; ${counts['cannot-tell']} cannot be told apart.`;
  return (
    <Chart
      level={3}
      title={`How ${b} compares with ${a}`}
      says={says}
      height={heightOfRatios(rows)}
      draw={(width) => ratioChart(rows, { a, b }, width)}
      table={() => ({
        columns: [
          'scenario',
          'point',
          'figure',
          'verdict',
          `${b} ÷ ${a}`,
          'from',
          'to',
          'p',
          'adjusted p',
          'same within',
          'smallest effect',
        ],
        rows: comparisons.map(
          ({ scenario, point, figure, verdict, effect, p, adjustedP, sameWithin, smallestEffect }) => [
            scenario,
            point,
            figure,
            verdictWords[verdict],
            effect.estimate,
            effect.lower,
            effect.upper,
            p,
            adjustedP,
            sameWithin,
            smallestEffect,
          ],
        ),
      })}
    >
      <p class="says">{says}</p>
      <p class="told">
        <span class="key better">◆ better</span> <span class="key worse">◆ worse</span>{' '}
        <span class="key same">■ the same within {percent(comparisons[0]?.sameWithin ?? 0.05)}</span>{' '}
        <span class="key cannot">○ cannot tell</span> Bars are 95 % intervals over runs; figures that a guard voided are
        not compared.
      </p>
    </Chart>
  );
}

const order = ['throughput', 'latency p99', 'latency', 'requests per CPU-second'];
const rank = (name: string): number => {
  const found = order.findIndex((one) => name.startsWith(one));
  return found === -1 ? order.length : found;
};

/** Figures of one name together, what a reader asks for first at the top. */
const inOrder = (comparisons: readonly Comparison[]): readonly Comparison[] =>
  [...comparisons].sort((one, other) => rank(one.figure) - rank(other.figure));

/** What is compared: figure and point, and the scenario where that is not enough to tell two rows apart. */
function labelOf(benchmark: Benchmark, { figure, point, scenario }: Comparison): string {
  const alike = benchmark.comparisons.filter((one) => one.figure === figure && one.point === point);
  return printableLine(`${figure}, ${point}${alike.length > 1 ? ` (${titleOfScenario(benchmark, scenario)})` : ''}`);
}
