import type { ClusterProvider } from '../../model/cluster.ts';
import { usageError } from '../../model/errors.ts';
import type { Engine, LoadOrder } from '../../model/load.ts';
import type { Scenario, ScenarioPoint } from '../../model/scenario.ts';
import { choose } from '../choose.ts';
import { searching } from './capacity.ts';
import { type OrderTerms, orderOf, targetOf } from './order.ts';

/** Why an engine, or so many pods of it, cannot carry out this order; nothing where it can. */
export function refusalOf(engine: Engine, order: LoadOrder, pods: number | undefined): string | undefined {
  if (pods === undefined) return engine.refuses(order);
  return engine.distributed === undefined
    ? 'it makes none from pods, as --engine k6 does'
    : engine.distributed.refuses(order, pods);
}

/** Why these engines cannot make load from outside a provider's cluster; nothing where they can, or where pods make it. */
export function placeRefusal(
  engines: readonly Engine[],
  pods: number | undefined,
  { name, clientInContainer }: ClusterProvider,
): string | undefined {
  if (clientInContainer === undefined || pods !== undefined) return undefined;
  const bound = engines.find(({ programs, packages }) => programs.length > 0 || packages !== undefined);
  return bound && `${bound.name} runs where its program is, on this machine, and the client of ${name} is a container`;
}

/** The rate of a point, or the least that it may come to be. */
function leastRateOf({ load }: ScenarioPoint): number | undefined {
  if (load.kind === 'saturation') return undefined;
  return load.kind === 'rate' ? load.rateRps : 1;
}

/** What is known of a run's loads before there is a cluster. */
export interface LoadsWish {
  /** The scenarios that were asked for by name. */
  readonly ids: readonly string[];
  readonly pods: number | undefined;
  readonly durationMs: number;
  /** How many may make load. */
  readonly threads: number;
}

/** Throws a usage error where an engine refuses the load of a scenario that was named, or of every one. */
export function assertCarriedOut(
  scenarios: readonly Scenario[],
  engines: readonly Engine[],
  { ids, pods, durationMs, threads }: LoadsWish,
): void {
  const terms: OrderTerms = { warmUpMs: 0, durationMs, seed: 0, threads, programs: {} };
  const engineNamed = (name: string): Engine => choose('engine', name, engines, (engine) => engine.name);
  const refusalAt = (point: ScenarioPoint, engine: Engine): string | undefined => {
    const target = targetOf(point, { address: '127.0.0.1', http: 80, https: 443 }, 'load.example');
    return refusalOf(engine, orderOf(engine, point, target, leastRateOf(point), terms), pods);
  };
  const refused = scenarios.flatMap((scenario) => {
    const engine = engineNamed(scenario.engine);
    const isShared = scenario.points.some(({ load }) => load.kind === 'share');
    const refusal =
      scenario.points.map((point) => refusalAt(point, engine)).find((one) => one !== undefined) ??
      (isShared ? capacityRefusal(scenario) : undefined);
    return refusal === undefined ? [] : [{ scenario, refusal }];
  });
  const fault = refused.find(({ scenario }) => ids.includes(scenario.id)) ?? refused[0];
  if (fault === undefined || (refused.length < scenarios.length && !ids.includes(fault.scenario.id))) return;
  const { scenario, refusal } = fault;
  throw usageError('load-refused', `${scenario.engine} does not make the load of ${scenario.id}: ${refusal}`, {
    next: 'another --engine, which ingress-assay list shows, or benchmark/latency with a --rate within its reach',
  });

  function capacityRefusal(scenario: Scenario): string | undefined {
    if (pods !== undefined) return 'no capacity is measured from pods that a share could be taken of: say --rate';
    const engine = engineNamed(scenario.capacityBy ?? scenario.engine);
    return searching(scenario)
      .map((point) => refusalAt(point, engine))
      .find((one) => one !== undefined);
  }
}
