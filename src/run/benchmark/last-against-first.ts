import { ratio } from '../../stats/hodges-lehmann.ts';
import { rateOf } from './measured-run.ts';
import { type PointRecord, usableRuns } from './record.ts';

/** How many times the throughput of the first of many routes that of the last is, by their number, of one side; nothing where either is void. */
export function lastAgainstFirst(points: readonly PointRecord[], side: 'a' | 'b'): Readonly<Record<string, unknown>> {
  const ratesOf = (count: number, ask: 'first' | 'last'): readonly number[] =>
    points
      .filter(({ point: { routes } }) => routes?.count === count && routes.ask === ask)
      .flatMap((record) => usableRuns(record, side).map(rateOf));
  const counts = [...new Set(points.flatMap(({ point: { routes } }) => routes?.count ?? []))];
  return Object.fromEntries(
    counts.flatMap((count) => {
      const [first, last] = [ratesOf(count, 'first'), ratesOf(count, 'last')];
      if (Math.min(first.length, last.length) < 3) return [];
      const { estimate, lower, upper } = ratio(first, last);
      const bounds = lower > 0 && Number.isFinite(upper) ? { from: lower, to: upper } : {};
      return [[`throughput of the last of ${count} routes, of ${side}`, { times: estimate, ...bounds }]];
    }),
  );
}
