import type { BenchmarkSide } from '../../../../src/model/benchmark.ts';
import { duration, printableLine } from '../../../../src/model/printable.ts';
import type { Report } from '../../../../src/model/report.ts';
import { Chart } from '../charts/chart.tsx';
import { type FigureRow, figuresChart, heightOfFigures } from '../charts/figures-chart.ts';
import { nameOfSide, sides } from '../charts/sides.ts';
import { Fold } from '../fold.tsx';
import { figure } from '../number.ts';
import { Line, Scrolls } from '../text.tsx';
import { Value } from '../value.tsx';
import { FigureCell } from './figure-cell.tsx';

type Benchmark = NonNullable<Report['benchmark']>;
type Point = Benchmark['scenarios'][number]['points'][number];

const figuresOf = (report: Report, points: readonly Point[], name: string): readonly FigureRow[] =>
  points.flatMap((point) =>
    sides.flatMap((side) =>
      point.figures
        .filter((one) => one.name === name && one.side === side)
        .map((one) => ({ point: printableLine(point.name), name: nameOfSide(report, side), figure: one })),
    ),
  );

/** One figure of every side at every point. */
export function Figures({
  report,
  points,
  name,
}: {
  readonly report: Report;
  readonly points: readonly Point[];
  readonly name: string;
}) {
  const rows = figuresOf(report, points, name);
  const [first] = rows;
  if (first === undefined) return null;
  const unit = printableLine(first.figure.unit);
  const { better } = first.figure;
  const says = `${name}, ${better} is better: ${rows
    .filter((row) => row.figure.side !== 'direct' && row.figure.void === undefined && row.figure.median)
    .map((row) => `${row.name} ${figure(row.figure.median?.estimate ?? 0)} ${unit} at ${row.point}`)
    .join('; ')}.`;
  return (
    <Chart
      title={`${name.charAt(0).toUpperCase()}${name.slice(1)}`}
      says={says}
      height={heightOfFigures(rows)}
      draw={(width) => figuresChart(rows, unit, width)}
      table={() => ({
        columns: ['point', 'side', `median ${unit}`, 'from', 'to', 'void', 'runs'],
        rows: rows.map((row) => [
          row.point,
          row.name,
          row.figure.median?.estimate,
          row.figure.median?.lower,
          row.figure.median?.upper,
          row.figure.void,
          row.figure.runs.map((run) => String(run)).join(' '),
        ]),
      })}
    >
      <p class="told">
        {unit}, {better} is better
      </p>
    </Chart>
  );
}

/** Every figure of every point, as a table. */
export function AllFigures({
  report,
  points,
  names,
}: {
  readonly report: Report;
  readonly points: readonly Point[];
  readonly names: readonly string[];
}) {
  const present = sides.filter((side) => points.some(({ figures }) => figures.some((one) => one.side === side)));
  return (
    <Fold class="data" summary="All figures">
      {() => (
        <Scrolls label="All figures">
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">Point</th>
                <th scope="col">Figure</th>
                {present.map((side) => (
                  <th key={side} scope="col">
                    <Line text={nameOfSide(report, side)} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.flatMap((point) =>
                names.map((name) => (
                  <tr key={`${point.name} ${name}`}>
                    <th scope="row">
                      <Line text={point.name} />
                    </th>
                    <td>
                      <Line text={name} />
                    </td>
                    {present.map((side) => (
                      <td key={side}>{cellOf(point, name, side)}</td>
                    ))}
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </Scrolls>
      )}
    </Fold>
  );
}

function cellOf(point: Point, name: string, side: BenchmarkSide) {
  const found = point.figures.find((one) => one.name === name && one.side === side);
  return found === undefined ? null : <FigureCell figure={found} />;
}

/** Every guard that did not hold, run by run. */
export function Voided({ report, points }: { readonly report: Report; readonly points: readonly Point[] }) {
  const breached = points.flatMap((point) =>
    point.runs.flatMap(({ side, startedAt, result, guards }) =>
      guards
        .filter(({ held }) => !held)
        .map((guard) => ({ point: point.name, side, startedAt, durationMs: result.durationMs, guard })),
    ),
  );
  if (breached.length === 0) return null;
  return (
    <Fold
      class="data"
      summary={
        <>
          Guards that did not hold (<Value of={breached.length} />)
        </>
      }
    >
      {() => (
        <ul class="guards">
          {breached.map(({ point, side, startedAt, durationMs, guard }) => (
            <li key={`${startedAt} ${side} ${guard.name}`}>
              <b>
                <Line text={guard.name} />
              </b>{' '}
              <Line text={guard.text} /> –{' '}
              <span class="told">
                <Line text={`${nameOfSide(report, side)}, ${point}`} />, {duration(durationMs)} from {startedAt}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Fold>
  );
}

/** What of a scenario is void, once for each side and point, and why. */
export function VoidNotes({ report, points }: { readonly report: Report; readonly points: readonly Point[] }) {
  const notes = points.flatMap((point) =>
    sides.flatMap((side) => {
      const own = point.figures.filter((one) => one.side === side);
      const voids = own.filter((one) => one.void !== undefined);
      return [...new Set(voids.map((one) => one.void ?? ''))].map((reason) => {
        const some = voids.filter((one) => one.void === reason);
        const which = some.length === own.length ? 'every figure' : some.map(({ name }) => name).join(', ');
        return { what: `${nameOfSide(report, side)} at ${point.name}`, which, reason };
      });
    }),
  );
  if (notes.length === 0) return null;
  return (
    <ul class="voids">
      {notes.map(({ what, which, reason }) => (
        <li key={`${what} ${reason}`}>
          <s>
            <Line text={what} />
          </s>{' '}
          <span class="void-reason">
            <Line text={which} /> void: <Line text={reason} />
          </span>
        </li>
      ))}
    </ul>
  );
}
