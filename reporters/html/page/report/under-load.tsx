import { mainNames } from '../../../../src/model/benchmark-words.ts';
import { printableLine } from '../../../../src/model/printable.ts';
import type { Report } from '../../../../src/model/report.ts';
import { Chart } from '../charts/chart.tsx';
import { type LoadFigure, type LoadMark, loadChart } from '../charts/load-chart.ts';
import { nameOfSide, sides } from '../charts/sides.ts';
import { figure } from '../number.ts';
import { SidesKey } from './sides-key.tsx';

type ScenarioReport = NonNullable<Report['benchmark']>['scenarios'][number];

const numberAt = (value: unknown, ...path: readonly string[]): number | undefined => {
  let at: unknown = value;
  for (const name of path)
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined;
  return typeof at === 'number' ? at : undefined;
};

/** What was found about load that can be marked on an axis: each side's capacity, which one scenario finds for all, and its own knee. */
function marksOf(scenario: ScenarioReport, unit: 'connections' | 'rateRps', report: Report): readonly LoadMark[] {
  const all = report.benchmark?.scenarios ?? [];
  const capacity = all.find(({ findings }) => 'capacity' in findings)?.findings.capacity;
  return sides.flatMap((side) => {
    const most = numberAt(capacity, 'sides', side, unit);
    const knee = numberAt(scenario.findings[`knee of ${side}`], unit);
    const of = nameOfSide(report, side);
    return [
      ...(most === undefined ? [] : [{ load: most, text: `capacity of ${of}` }]),
      ...(knee === undefined ? [] : [{ load: knee, text: `knee of ${of}` }]),
    ];
  });
}

/** Throughput by connections, or latency by offered rate. */
export function UnderLoad({ report, scenario }: { readonly report: Report; readonly scenario: ScenarioReport }) {
  const { points } = scenario;
  const byRate = points.every(({ rateRps }) => rateRps !== undefined);
  const loads = new Set(points.map((point) => (byRate ? point.rateRps : point.connections)));
  const names = mainNames(byRate);
  const figures: LoadFigure[] = points.flatMap((point) =>
    point.figures
      .filter((one) => names.includes(one.name))
      .map((one) => ({
        load: (byRate ? point.rateRps : point.connections) ?? 0,
        name: nameOfSide(report, one.side),
        figure: one,
      })),
  );
  if (loads.size < 3 || figures.length === 0) return null;
  const marks = marksOf(scenario, byRate ? 'rateRps' : 'connections', report);
  const unit = printableLine(figures[0]?.figure.unit ?? '');
  const found = marks
    .map(({ text, load }) => `${text}: ${figure(load)} ${byRate ? 'requests/s' : 'connections'}`)
    .join('; ');
  const what = byRate ? 'Latency as load grows' : 'Throughput as connections grow';
  return (
    <Chart
      title={what}
      says={`${what}, at ${loads.size} loads. ${found}`}
      height={280}
      draw={(width) =>
        loadChart(
          figures,
          {
            x: byRate ? 'offered requests/s' : 'connections',
            y: `${names.join(', ')}, ${unit}`,
            xLog: !byRate,
            yLog: byRate,
            marks,
          },
          width,
        )
      }
      table={() => ({
        columns: [byRate ? 'requests/s' : 'connections', 'side', `median ${unit}`, 'from', 'to', 'void'],
        rows: figures.map((one) => [
          one.load,
          one.name,
          one.figure.median?.estimate,
          one.figure.median?.lower,
          one.figure.median?.upper,
          one.figure.void,
        ]),
      })}
    >
      <p class="told">
        <SidesKey report={report} sides={sides.filter((side) => figures.some((one) => one.figure.side === side))} />
        {found}
      </p>
    </Chart>
  );
}
