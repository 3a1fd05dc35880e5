import { mainNames } from '../../../../src/model/benchmark-words.ts';
import type { Report } from '../../../../src/model/report.ts';
import type { Curve } from '../../page-data.ts';
import { Fold } from '../fold.tsx';
import { Line } from '../text.tsx';
import { EvidenceTree } from './evidence-tree.tsx';
import { AllFigures, Figures, Voided, VoidNotes } from './figures.tsx';
import { PointCharts } from './point-charts.tsx';
import { UnderLoad } from './under-load.tsx';

type Benchmark = NonNullable<Report['benchmark']>;
type ScenarioReport = Benchmark['scenarios'][number];

interface Props {
  readonly report: Report;
  readonly scenario: ScenarioReport;
  readonly curves: Readonly<Record<string, readonly Curve[]>>;
}

/** The figures that a scenario is asked for, in the order of the question; all others stand in its table. */
const drawnFigures = [...mainNames(false), ...mainNames(true), 'requests per CPU-second'];

/** One scenario: its figures, what becomes of them as load grows, latency by percentile and over time, and what was voided. */
export function Scenario({ report, scenario, curves }: Props) {
  const { id, title, engine, points, problem, findings } = scenario;
  const names = [...new Set(points.flatMap(({ figures }) => figures.map(({ name }) => name)))];
  const drawn = drawnFigures.filter((name) => names.includes(name));
  return (
    <section class="scenario" id={id}>
      <h3>
        <Line text={title} />
        <span class="id">
          <Line text={`${id}, by ${engine}`} />
        </span>
      </h3>
      {problem !== undefined && (
        <p class="problem">
          <Line text={problem} most={2000} />
        </p>
      )}
      <VoidNotes report={report} points={points} />
      <div class="side-by-side">
        {(drawn.length === 0 ? names.slice(0, 2) : drawn).map((name) => (
          <Figures key={name} report={report} points={points} name={name} />
        ))}
        <UnderLoad report={report} scenario={scenario} />
      </div>
      {points.map((point, index) => (
        <PointCharts
          key={point.name}
          report={report}
          point={point}
          curves={curves[point.name] ?? []}
          open={index === Math.floor(points.length / 2)}
        />
      ))}
      {points.length > 0 && <AllFigures report={report} points={points} names={names} />}
      <Voided report={report} points={points} />
      {Object.keys(findings).length > 0 && (
        <Fold
          class="data"
          summary={
            <>
              Findings
              <span class="unseen">
                {' of '}
                <Line text={title} />
              </span>
            </>
          }
        >
          {() => <EvidenceTree value={findings} />}
        </Fold>
      )}
    </section>
  );
}
