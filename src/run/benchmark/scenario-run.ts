import type { Agents } from '../../kit/agents.ts';
import { type BenchmarkSide, benchmarkSides } from '../../model/benchmark.ts';
import { environmentError } from '../../model/errors.ts';
import type { Engine } from '../../model/load.ts';
import type { ScenarioPoint } from '../../model/scenario.ts';
import { hostOf, tlsHostOf } from './back-ends.ts';
import { capacityIn, kneeIn, searching } from './capacity.ts';
import { makeLoad } from './generator.ts';
import { lastAgainstFirst } from './last-against-first.ts';
import { forget, isServed, type ManyRoutes, manyHost, routesOfOthers, takeIn } from './many-routes.ts';
import { type Bench, measure } from './measure.ts';
import { type OrderTerms, orderOf, targetOf } from './order.ts';
import type { PointRecord, ScenarioRecord } from './record.ts';
import { refusalOf } from './refusals.ts';
import type { Side } from './side.ts';
import { pairsIn, turnsOf } from './turns.ts';

/** What scenarios are run with. */
export interface Ground {
  readonly sides: readonly Side[];
  readonly bench: Bench;
  readonly agents: Agents;
  readonly routes: ManyRoutes;
  readonly terms: OrderTerms;
  readonly runs: number;
  readonly seed: number;
  /** How many make the load, where pods do. */
  readonly pods?: number | undefined;
  readonly engineNamed: (name: string) => Engine;
  /** Once something went wrong: throws what is wrong with a controller, if that is why. */
  readonly assertSound: () => Promise<void>;
  /** Told after each run, between which nothing is measured. */
  readonly measured: (record: ScenarioRecord, point: PointRecord) => Promise<void>;
}

/** A reason why a scenario says nothing that is no failure: what it needs is not there. */
class NotTried extends Error {}

/** Runs one scenario into its record. Why it says nothing is in the record too; what ends the whole run is thrown. */
export async function runScenario(
  record: ScenarioRecord,
  before: readonly ScenarioRecord[],
  ground: Ground,
): Promise<void> {
  const { scenario } = record;
  const engine = ground.engineNamed(scenario.engine);
  const sides = contendersIn(ground);
  try {
    await assertServed(record, engine, ground);
    const searcher = ground.engineNamed(scenario.capacityBy ?? scenario.engine);
    if (scenario.points.some(({ load }) => load.kind === 'share') && capacityIn(before, sides) === undefined)
      for (const point of searching(scenario)) await runPoint(record, { point, runs: [] }, searcher, ground);
    if (scenario.points.some(({ load }) => load.kind === 'rate') && capacityIn(before, ['direct']) === undefined)
      await askDirectly(record, searcher, ground);
    const capacity = capacityIn([...before, record], sides);
    if (capacity !== undefined && scenario.points.some(({ load }) => load.kind === 'share'))
      record.findings.capacity = capacity;
    const directRps = capacityIn([...before, record], ['direct'])?.rateRps;
    for (const point of scenario.points) {
      const rateRps = rateOf(point, capacity?.rateRps);
      await prepareRoutes(record, point, ground);
      await runPoint(record, { point, rateRps, directRps, runs: [] }, engine, ground);
    }
    for (const side of sides) {
      const found = kneeIn(record.points, side);
      if (found !== undefined) record.findings[`knee of ${side}`] = found;
      Object.assign(record.findings, lastAgainstFirst(record.points, side));
    }
  } catch (thrown) {
    if (!(thrown instanceof NotTried)) throw thrown;
    record.problem = thrown.message;
  } finally {
    await forgetRoutes(record, ground);
  }
}

const contendersIn = ({ sides }: Ground): readonly ('a' | 'b')[] =>
  sides.flatMap(({ side }) => (side === 'direct' ? [] : [side]));

function rateOf({ load }: ScenarioPoint, capacityRps: number | undefined): number | undefined {
  if (load.kind === 'saturation') return undefined;
  if (load.kind === 'rate') return load.rateRps;
  if (capacityRps === undefined)
    throw new NotTried('no capacity was found that a share could be taken of: no answer came under saturation');
  return Math.max(1, Math.round(load.ofCapacity * capacityRps));
}

/** How much generator and back-ends have to give, at a rate that was named: no capacity is looked for then. Nothing where this engine cannot ask. */
async function askDirectly(record: ScenarioRecord, engine: Engine, ground: Ground): Promise<void> {
  for (const point of searching(record.scenario).slice(-1))
    await runPoint(record, { point, runs: [] }, engine, ground, ['direct']).catch((thrown: unknown) => {
      if (!(thrown instanceof NotTried)) throw thrown;
    });
}

/** Every run of one point, each of these sides in its turn. */
async function runPoint(
  record: ScenarioRecord,
  own: PointRecord,
  engine: Engine,
  ground: Ground,
  asked: readonly BenchmarkSide[] = benchmarkSides,
): Promise<void> {
  const { point, rateRps } = own;
  record.points.push(own);
  const against = ground.sides.some(({ side }) => side === 'b');
  const all = turnsOf(ground.runs, ground.seed + record.points.length, against);
  const turns = all.filter((side) => asked.includes(side));
  const pairs = pairsIn(turns);
  for (const [turn, side] of turns.entries()) {
    const to = ground.sides.find((one) => one.side === side) as Side;
    // Neighbours are offered the same arrivals.
    const terms = { ...ground.terms, seed: ground.seed + (pairs[turn] ?? 0) };
    const order = orderOf(engine, point, targetOf(point, to.entry, hostFor(point, side)), rateRps, terms);
    const refusal = refusalOf(engine, order, ground.pods);
    if (refusal !== undefined) {
      record.points.pop();
      throw new NotTried(`${engine.name} does not make such load: ${refusal}`);
    }
    own.runs.push(await measure(ground.bench, engine, side, order));
    ground.bench.signal.throwIfAborted();
    await ground.measured(record, own);
  }
}

function hostFor({ routes, tls }: ScenarioPoint, side: BenchmarkSide): string {
  if (routes === undefined) return tls ? tlsHostOf(side) : hostOf(side);
  return manyHost(side, routes.ask === 'first' ? 1 : routes.count);
}

/** Each controller serves what the scenario will ask for; TLS need not be served by one that has none. */
async function assertServed({ scenario }: ScenarioRecord, engine: Engine, ground: Ground): Promise<void> {
  const point = scenario.points.find(({ tls }) => tls);
  if (point === undefined) return;
  for (const side of ground.sides) {
    if (side.entry.https === undefined) throw new NotTried(`${side.title} has no port for TLS that is within reach`);
    const target = targetOf(point, side.entry, hostFor(point, side.side));
    const order = {
      ...orderOf(engine, point, target, undefined, ground.terms),
      connections: 1,
      warmUpMs: 0,
      durationMs: 300,
    };
    if (engine.refuses(order) !== undefined) return; // told when its points are tried
    const until = performance.now() + tlsServedMs;
    for (;;) {
      const { answered, failures } = await makeLoad(
        ground.bench.start,
        engine,
        { ...order, timeoutMs: 2000 },
        ground.bench.signal,
      );
      if (answered > 0) break;
      if (performance.now() < until) continue;
      throw new NotTried(`${side.title} answers nothing over TLS: ${JSON.stringify(failures)}`);
    }
  }
}

/** A certificate may take a while to be read. */
const tlsServedMs = 10_000;

async function prepareRoutes(record: ScenarioRecord, { routes }: ScenarioPoint, ground: Ground): Promise<void> {
  const have = Number(record.findings.routes ?? 0);
  if (routes === undefined || routes.count <= have) return;
  const sides = ground.sides.filter(({ side }) => side !== 'direct');
  const others = routesOfOthers(sides.length, have, routes.count);
  for (const [turn, side] of sides.entries()) {
    const taken = await takeIn(ground.routes, side, have, routes.count);
    record.findings[`${routes.count} routes of ${side.side}`] = { ...taken, routesOfOthers: others[turn] };
  }
  record.findings.routes = routes.count;
}

async function forgetRoutes(record: ScenarioRecord, ground: Ground): Promise<void> {
  const count = Math.max(0, ...record.scenario.points.map(({ routes }) => routes?.count ?? 0));
  if (count === 0 || ground.bench.signal.aborted) return;
  for (const side of ground.sides) if (side.side !== 'direct') await forget(ground.routes, side, count);
}

/** Waits until each controller serves its host; an environment error names the one that does not. */
export async function awaitServed(
  agents: Agents,
  sides: readonly Side[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const until = performance.now() + timeoutMs;
  for (const side of sides) {
    while (!(await isServed(agents, side, hostOf(side.side)))) {
      signal.throwIfAborted();
      if (performance.now() < until) continue;
      throw environmentError(
        'route-not-served',
        `${side.title} does not serve ${hostOf(side.side)} at ${side.entry.address}:${side.entry.http}`,
        {
          next: 'ingress-assay conformance says what it does instead',
        },
      );
    }
  }
}
