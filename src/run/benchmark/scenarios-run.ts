import type { ClusterHost } from '../../model/cluster.ts';
import { AssayError, environmentError } from '../../model/errors.ts';
import type { Scenario } from '../../model/scenario.ts';
import { told } from '../ending.ts';
import { pointLine } from './point-line.ts';
import type { BenchmarkRecord, PointRecord, ScenarioRecord } from './record.ts';
import { type Ground, runScenario } from './scenario-run.ts';

/** What running scenarios needs of the run that they are part of. */
export interface ScenariosRun {
  readonly wish: { readonly scenarios: readonly Scenario[] };
  readonly host: Pick<ClusterHost, 'progress'>;
  readonly audience: { note(line: string): void };
  readonly record: BenchmarkRecord;
  readonly save: (whole: boolean) => Promise<unknown>;
}

/**
 * Runs the scenarios one after the other into the record, and saves after each. One that is broken off is told of, and stops no other; that there was one
 * is thrown at the end, as it is that nothing was measured.
 */
export async function runScenarios(
  { wish, host, audience, record, save }: ScenariosRun,
  ground: Ground,
): Promise<void> {
  const faults: string[] = [];
  for (const scenario of wish.scenarios) {
    const own: ScenarioRecord = { scenario, points: [], findings: {} };
    const before = [...record.scenarios];
    record.scenarios.push(own);
    await host.progress.step(scenario.id, async (report) => {
      let last: PointRecord | undefined;
      const finished = () => {
        if (last !== undefined) audience.note(pointLine(last, ground.sides));
      };
      const measured: Ground['measured'] = async (ownRecord, point) => {
        if (last !== point) finished();
        last = point;
        report(`${point.point.name}, run ${point.runs.length}`);
        await ground.measured(ownRecord, point);
      };
      try {
        await runScenario(own, before, { ...ground, measured });
      } catch (thrown) {
        await ground.assertSound();
        if (!(thrown instanceof AssayError)) throw thrown;
        own.problem = told(thrown);
        faults.push(`${scenario.id}: ${thrown.message}`);
      } finally {
        finished();
      }
      if (own.problem !== undefined) audience.note(`  ${scenario.id}: ${own.problem}`);
    });
    await save(true);
  }
  if (faults.length === 0) return assertMeasured(record);
  throw environmentError(
    'scenarios-broken',
    `${faults.length} of ${wish.scenarios.length} scenarios were broken off: ${faults.join('; ')}`,
    {
      next: 'what was measured before is in the report',
    },
  );
}

/** Throws where no controller had any load: nobody is to take the end of such a run for a result. */
function assertMeasured({ scenarios }: BenchmarkRecord): void {
  if (scenarios.some(({ points }) => points.some(({ runs }) => runs.some(({ side }) => side !== 'direct')))) return;
  const problems = scenarios.map(({ scenario, problem }) => `${scenario.id}: ${problem ?? 'it has no points'}`);
  throw environmentError('nothing-measured', `nothing was measured: ${problems.join('; ')}`, {
    next: 'ask for other scenarios, or for an engine or a controller that can do what these need',
  });
}
