import { usageError } from '../../model/errors.ts';
import { type Profile, profiles, type Scenario, type ScenarioPoint } from '../../model/scenario.ts';
import { suggestion } from '../choose.ts';
import { isPlain } from './capacity.ts';

/** Which scenarios, and what of them is otherwise than they say. */
export interface ScenarioWish {
  readonly profile: Profile;
  /** Ids; all of the profile where none is named. */
  readonly ids?: readonly string[] | undefined;
  readonly grep?: string | undefined;
  readonly engine?: string | undefined;
  readonly connections?: number | undefined;
  readonly rateRps?: number | undefined;
  readonly scale?: number | undefined;
}

/** The scenarios as they are to be run, in that order, each with the points that the profile has room for. */
export function planScenarios(scenarios: readonly Scenario[], wish: ScenarioWish): readonly Scenario[] {
  const named = selected(scenarios, wish);
  const planned = named.flatMap((scenario) => {
    const points = distinct(pointsOf(scenario, wish, wish.ids?.includes(scenario.id) ?? false).map(otherwise(wish)));
    if (points.length === 0) return [];
    return [{ ...scenario, engine: wish.engine ?? scenario.engine, capacityBy: scenario.engine, points }];
  });
  if (planned.length > 0) return [...planned].sort((one, other) => rankOf(one) - rankOf(other));
  throw usageError('no-scenario', `no scenario is left of profile ${wish.profile} by what was asked for`, {
    next: 'ingress-assay list',
  });
}

/** What finds a capacity goes first, since others ask for shares of it; what fills the cluster with routes goes last. */
function rankOf({ points }: Scenario): number {
  if (points.some(({ routes }) => routes !== undefined)) return 2;
  return points.some(isPlain) ? 0 : 1;
}

function selected(scenarios: readonly Scenario[], { ids = [], grep }: ScenarioWish): readonly Scenario[] {
  const known = scenarios.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw usageError('unknown-scenario', `unknown scenario "${unknown}". ${suggestion(unknown, known)}`, {
      next: 'ingress-assay list',
    });
  const pattern = grep === undefined ? undefined : patternOf(grep);
  return scenarios
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter(({ id, title }) => pattern === undefined || pattern.test(id) || pattern.test(title));
}

function patternOf(grep: string): RegExp {
  try {
    return new RegExp(grep, 'i');
  } catch (cause) {
    throw usageError('bad-pattern', `"${grep}" is not a regular expression`, { cause });
  }
}

/** The points that the profile has room for; of a scenario that was named all that it has at its briefest. */
function pointsOf({ points }: Scenario, { profile, scale }: ScenarioWish, named: boolean): readonly ScenarioPoint[] {
  if (scale !== undefined && points.some(({ routes }) => routes !== undefined)) return scaled(points, scale);
  const rank = (one: Profile): number => profiles.indexOf(one);
  const briefest = Math.min(...points.map((point) => rank(point.profile)));
  const room = named ? Math.max(rank(profile), briefest) : rank(profile);
  return points.filter((point) => rank(point.profile) <= room);
}

const scaled = (points: readonly ScenarioPoint[], count: number): readonly ScenarioPoint[] => {
  const [first] = points;
  return first === undefined
    ? []
    : (['first', 'last'] as const).map((ask) => ({
        ...first,
        name: `${count} Ingresses, the ${ask} asked`,
        routes: { count, ask },
      }));
};

/** A point under the connections and the rate that were asked for. */
const otherwise =
  ({ connections, rateRps }: ScenarioWish) =>
  (point: ScenarioPoint): ScenarioPoint => {
    const rated = rateRps !== undefined && point.load.kind === 'share';
    const load = rated ? { kind: 'rate' as const, rateRps } : point.load;
    const name = rated ? `${rateRps} requests/s` : point.name;
    if (connections === undefined) return { ...point, load, name };
    const plainly = point.load.kind === 'saturation' && point.routes === undefined && point.exchange === undefined;
    return { ...point, load, connections, name: plainly ? `${connections} connections` : name };
  };

const distinct = (points: readonly ScenarioPoint[]): readonly ScenarioPoint[] => [
  ...new Map(points.map((point) => [point.name, point])).values(),
];

/** Names of the engines that make load for these scenarios: each one's own, and where it asks for a rate what finds how much there is to be had. */
export const enginesOf = (scenarios: readonly Scenario[]): readonly string[] => [
  ...new Set(
    scenarios.flatMap(({ engine, capacityBy = engine, points }) =>
      points.some(({ load }) => load.kind !== 'saturation') ? [engine, capacityBy] : [engine],
    ),
  ),
];
