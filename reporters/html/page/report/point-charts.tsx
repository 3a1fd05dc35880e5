import { runsOf } from '../../../../src/model/believed.ts';
import { mainFigure } from '../../../../src/model/benchmark-words.ts';
import type { Report } from '../../../../src/model/report.ts';
import type { Curve } from '../../page-data.ts';
import { Chart } from '../charts/chart.tsx';
import { overTimeChart, type Second } from '../charts/over-time-chart.ts';
import { type NamedCurve, percentileChart } from '../charts/percentile-chart.ts';
import { nameOfSide, sides } from '../charts/sides.ts';
import { Fold } from '../fold.tsx';
import { figure } from '../number.ts';
import { Line } from '../text.tsx';
import { SidesKey } from './sides-key.tsx';

type Benchmark = NonNullable<Report['benchmark']>;
type Point = Benchmark['scenarios'][number]['points'][number];

function secondsOf(
  point: Point,
  read: (second: Point['runs'][number]['result']['seconds'][number]) => number | undefined,
): readonly Second[] {
  return sides.flatMap((side) => {
    const main = mainFigure(point, side) ?? point.figures.find((one) => one.side === side);
    if (main === undefined) return [];
    return runsOf(main, point.runs).flatMap(({ result }, run) =>
      result.seconds.flatMap((second, index) => {
        const value = read(second);
        return value === undefined ? [] : [{ side, run, second: index, value, isVoid: main.void !== undefined }];
      }),
    );
  });
}

/** What is to be seen of one point alone: its latency by percentile, and its runs second by second. */
export function PointCharts({
  report,
  point,
  curves,
  open,
}: {
  readonly report: Report;
  readonly point: Point;
  readonly curves: readonly Curve[];
  /** Whether it is open at first: one of a scenario's points is, for the others to be found by. */
  readonly open: boolean;
}) {
  const named = curves.map((curve) => ({ name: nameOfSide(report, curve.side), curve }));
  if (named.length === 0 && point.runs.length === 0) return null;
  return (
    <Fold
      class="point"
      open={open && named.length > 0}
      summary={
        <>
          <Line text={point.name} />
          <span class="told"> {named.length > 0 ? percentilesOf(named) : 'second by second'}</span>
        </>
      }
    >
      {() => <Pictures report={report} point={point} named={named} />}
    </Fold>
  );
}

/** The percentiles that are asked for, in words. */
const percentilesOf = (curves: readonly NamedCurve[]): string =>
  curves
    .map(({ name, curve }) => {
      if (curve.void !== undefined) return `${name}: void`;
      const at = (wanted: number) => curve.points.find(([percentile]) => percentile >= wanted)?.[1];
      const known = [50, 99, 99.9].flatMap((wanted) => {
        const us = at(wanted);
        return us === undefined ? [] : [`p${wanted} ${figure(us / 1000)} ms`];
      });
      return `${name}: ${known.join(', ')}`;
    })
    .join('; ');

function Pictures(props: { readonly report: Report; readonly point: Point; readonly named: readonly NamedCurve[] }) {
  const { report, point, named } = props;
  const latency = secondsOf(point, ({ p99Us }) => (p99Us === undefined ? undefined : p99Us / 1000));
  const seconds = latency.length > 0 ? latency : secondsOf(point, ({ answered }) => answered);
  const label = latency.length > 0 ? 'p99, ms' : 'answers/s';
  const says = percentilesOf(named);
  const voided = sides.filter((side) => seconds.some((second) => second.side === side && second.isVoid));
  return (
    <div class="side-by-side">
      {named.length > 0 && (
        <Chart
          title={`Latency by percentile, ${point.name}`}
          says={`Latency by percentile at ${point.name}. ${says}.`}
          height={300}
          draw={(width) => percentileChart(named, width)}
          table={() => ({
            columns: ['side', 'percentile', 'ms'],
            rows: named.flatMap(({ name, curve }) =>
              curve.points.map(([percentile, us]) => [name, percentile, us / 1000]),
            ),
          })}
        >
          <p class="told">
            <SidesKey report={report} sides={named.map(({ curve }) => curve.side)} />
            Clock from the {named[0]?.curve.since === 'intended' ? 'intended' : 'actual'} time of sending; all believed
            runs of a side together, all of them where its figures are void (dashed).
          </p>
        </Chart>
      )}
      {seconds.length > 0 && (
        <Chart
          title={`Over time, ${point.name}`}
          says={`${label} of each of ${new Set(seconds.map(({ side, run }) => `${side}${run}`)).size} runs, second by second, at ${point.name}.`}
          height={220}
          draw={(width) => overTimeChart(seconds, label, width, latency.length > 0)}
          table={() => ({
            columns: ['side', 'run', 'second', label],
            rows: seconds.map(({ side, run, second, value }) => [nameOfSide(report, side), run + 1, second, value]),
          })}
        >
          <p class="told">
            <SidesKey report={report} sides={sides.filter((side) => seconds.some((second) => second.side === side))} />
            Thin: each run. Thick: the median of a side’s runs.
            {voided.length > 0 &&
              ` Dashed: void, so all runs (${voided.map((side) => nameOfSide(report, side)).join(', ')}).`}
          </p>
        </Chart>
      )}
    </div>
  );
}
