import { isBelieved } from '../../model/believed.ts';
import type { BenchmarkSide } from '../../model/benchmark.ts';
import type { Scenario, ScenarioPoint } from '../../model/scenario.ts';
import { type Capacity, capacity } from '../../stats/capacity.ts';
import { knee, type LoadPoint } from '../../stats/knee.ts';
import { median } from '../../stats/sample.ts';
import { voidReason } from './figures.ts';
import { latencyUs, rateOf } from './measured-run.ts';
import { guarded, type PointRecord, type ScenarioRecord, usableRuns } from './record.ts';

/** A point at which capacity may be read off: nothing but the least exchange, over connections that stay. */
export const isPlain = ({ load, exchange, fresh, tls, routes }: ScenarioPoint): boolean =>
  load.kind === 'saturation' && !exchange && !fresh && !tls && !routes;

/** The points that find a capacity nobody has measured yet. */
export const searching = (scenario: Scenario): readonly ScenarioPoint[] =>
  [16, 64].map((connections) => ({
    name: `to saturation, ${connections} connections`,
    profile: scenario.points[0]?.profile ?? 'smoke',
    load: { kind: 'saturation' },
    connections,
  }));

/** What sides were measured to serve at most. */
export interface Found {
  /** Of the slower side: what both are pressed by. */
  readonly rateRps: number;
  readonly sides: Readonly<Record<string, Capacity>>;
  /** Where a side's figure that it is from is void: how far to trust it. */
  readonly caution?: string;
}

/** The capacity of each of these sides, from the plain points measured so far; nothing where one has none. */
export function capacityIn(scenarios: readonly ScenarioRecord[], sides: readonly BenchmarkSide[]): Found | undefined {
  const plain = scenarios.flatMap(({ points }) => points.filter(({ point }) => isPlain(point)));
  const cautions: string[] = [];
  const found = sides.flatMap((side) => {
    const points = plain.flatMap((record) => {
      const runs = guarded(record).filter(({ run }) => run.side === side);
      const believed = runs.filter(isBelieved);
      if (voidReason(runs) !== undefined) cautions.push(`${record.point.name} of ${side} is void`);
      const rates = (believed.length > 0 ? believed : runs).map(({ run }) => rateOf(run)).filter((rate) => rate > 0);
      return rates.length === 0 ? [] : [{ connections: record.point.connections, ratesRps: rates }];
    });
    return points.length === 0 ? [] : [[side, capacity(points)] as const];
  });
  if (found.length < sides.length) return undefined;
  return {
    rateRps: Math.min(...found.map(([, { rateRps }]) => rateRps)),
    sides: Object.fromEntries(found),
    ...(cautions.length > 0 && { caution: `void figures went into it: ${cautions.join('; ')}` }),
  };
}

/** Where latency begins to grow faster than load, of one side; nothing where too few rates were offered or none is such. */
export function kneeIn(points: readonly PointRecord[], side: 'a' | 'b'): LoadPoint | undefined {
  const seen = points.flatMap((record) => {
    // Since it was sent, a request's wait for a connection is not in it: that has no knee.
    const runs = usableRuns(record, side).filter(({ result }) => result.latency?.since === 'intended');
    const p99 = runs.flatMap((run) => latencyUs(run, 99) ?? []);
    return record.rateRps === undefined || p99.length === 0
      ? []
      : [{ rateRps: record.rateRps, latencyUs: median(p99) }];
  });
  return seen.length < 3 ? undefined : knee(seen);
}
