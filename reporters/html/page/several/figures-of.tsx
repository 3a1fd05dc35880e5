import type { BenchmarkFigure } from '../../../../src/model/benchmark.ts';
import { mainNames } from '../../../../src/model/benchmark-words.ts';
import { printableLine } from '../../../../src/model/printable.ts';
import type { Member, Setting } from '../../page-data.ts';
import { Chart } from '../charts/chart.tsx';
import { type FigureRow, figuresChart, heightOfFigures } from '../charts/figures-chart.ts';
import { type TrendFigure, trendChart, trendHeight } from '../charts/trend-chart.ts';
import { Fold } from '../fold.tsx';
import { FigureCell } from '../report/figure-cell.tsx';
import { Line, Scrolls } from '../text.tsx';
import { MemberName } from './check-table.tsx';

/** A controller whose figures a report has: the one it is of, or the one that was held against it. */
interface Column {
  readonly key: string;
  readonly member: Member;
  readonly side: 'a' | 'b';
  readonly name: string;
}

const columnsOf = ({ members }: Setting): readonly Column[] =>
  members.flatMap((member): Column[] => {
    const { benchmark, controller } = member.report;
    if (benchmark === undefined) return [];
    const own = {
      key: `${member.href} a`,
      member,
      side: 'a',
      name: `${controller.title} ${controller.version}`,
    } as const;
    if (benchmark.against === undefined) return [own];
    const { title, version } = benchmark.against;
    return [own, { key: `${member.href} b`, member, side: 'b', name: `${title} ${version}` }];
  });

interface Row {
  readonly scenario: string;
  readonly title: string;
  readonly point: string;
  readonly name: string;
  readonly cells: readonly (BenchmarkFigure | undefined)[];
}

function rowsOf(columns: readonly Column[]): readonly Row[] {
  const keys = new Map<string, Omit<Row, 'cells'>>();
  const found = new Map<string, BenchmarkFigure>();
  for (const { key, member, side } of columns) {
    for (const { id, title, points } of member.report.benchmark?.scenarios ?? []) {
      for (const point of points) {
        for (const figure of point.figures.filter((one) => one.side === side)) {
          const row = `${id}\n${point.name}\n${figure.name}`;
          if (!keys.has(row)) keys.set(row, { scenario: id, title, point: point.name, name: figure.name });
          found.set(`${key}\n${row}`, figure);
        }
      }
    }
  }
  return [...keys].map(([row, rest]) => ({ ...rest, cells: columns.map(({ key }) => found.get(`${key}\n${row}`)) }));
}

/** The figures of each setting for itself: those of two machines say nothing of two controllers. */
export function FiguresOf({ settings, trend }: { readonly settings: readonly Setting[]; readonly trend: boolean }) {
  return (
    <>
      {settings.map((setting) => {
        const columns = columnsOf(setting);
        return columns.length === 0 ? null : (
          <FiguresOfSetting
            key={setting.title}
            setting={setting}
            columns={columns}
            alone={settings.length === 1}
            trend={trend}
          />
        );
      })}
    </>
  );
}

function FiguresOfSetting(props: {
  readonly setting: Setting;
  readonly columns: readonly Column[];
  readonly alone: boolean;
  readonly trend: boolean;
}) {
  const { setting, columns, alone, trend } = props;
  const rows = rowsOf(columns);
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];
  return (
    <section class="apart">
      {!alone && (
        <h3>
          <Line text={setting.title} />
        </h3>
      )}
      <p class="told">
        Runs of one report were interleaved with one another, those of different reports were not: between columns of
        one report the report’s own comparison decides; between reports a difference is a hint.
      </p>
      {scenarios.map((scenario) => (
        <ScenarioFigures
          key={scenario}
          rows={rows.filter((row) => row.scenario === scenario)}
          columns={columns}
          trend={trend}
        />
      ))}
    </section>
  );
}

const drawn = [...mainNames(false), ...mainNames(true)];

function ScenarioFigures(props: {
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly trend: boolean;
}) {
  const { rows, columns, trend } = props;
  const [first] = rows;
  if (first === undefined) return null;
  const name = drawn.find((one) => rows.some((row) => row.name === one)) ?? first.name;
  const inChart = rows
    .filter((row) => row.name === name)
    .flatMap((row) =>
      row.cells.flatMap((figure, index): FigureRow[] =>
        figure ? [{ point: printableLine(row.point), name: printableLine(nameOf(columns, index)), figure }] : [],
      ),
    );
  const unit = printableLine(inChart[0]?.figure.unit ?? '');
  const own = columns.filter(({ side }) => side === 'a');
  const overTime = rows
    .filter((row) => row.name === name)
    .flatMap((row) =>
      own.flatMap((column): TrendFigure[] => {
        const figure = row.cells[columns.indexOf(column)];
        return figure
          ? [{ at: new Date(column.member.report.run.startedAt), point: printableLine(row.point), figure }]
          : [];
      }),
    );
  const drawsTrend = trend && own.length > 1;
  return (
    <section class="scenario">
      <h4>
        <Line text={first.title} />
      </h4>
      <Chart
        title={`${name.charAt(0).toUpperCase()}${name.slice(1)}`}
        says={`${name} of ${columns.map((column) => column.name).join(', ')}, with intervals and every run.`}
        height={drawsTrend ? trendHeight : heightOfFigures(inChart)}
        draw={(width) => (drawsTrend ? trendChart(overTime, unit, width) : figuresChart(inChart, unit, width))}
        table={() => ({
          columns: ['point', 'controller', `median ${unit}`, 'from', 'to', 'void'],
          rows: inChart.map(({ point, name: who, figure }) => [
            point,
            who,
            figure.median?.estimate,
            figure.median?.lower,
            figure.median?.upper,
            figure.void,
          ]),
        })}
      />
      <Fold class="data" summary="All figures">
        {() => (
          <Scrolls label="All figures">
            <table class="figures">
              <thead>
                <tr>
                  <th scope="col">Point</th>
                  <th scope="col">Figure</th>
                  {columns.map(({ key, member, side, name: who }) => (
                    <th key={key} scope="col">
                      {side === 'a' ? <MemberName member={member} /> : <Line text={`${who}, of the same report`} />}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={`${row.point} ${row.name}`}>
                    <th scope="row">
                      <Line text={row.point} />
                    </th>
                    <td>
                      <Line text={row.name} />
                    </td>
                    {row.cells.map((figure, index) => (
                      <td key={columns[index]?.key}>{figure && <FigureCell figure={figure} />}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolls>
        )}
      </Fold>
    </section>
  );
}

/** Columns of one name are told apart by when they were run. */
function nameOf(columns: readonly Column[], index: number): string {
  const column = columns[index];
  if (column === undefined) return '';
  const alike = columns.filter(({ name }) => name === column.name);
  return alike.length === 1
    ? column.name
    : `${column.name}, ${column.member.report.run.startedAt.slice(0, 16).replace('T', ' ')}`;
}
