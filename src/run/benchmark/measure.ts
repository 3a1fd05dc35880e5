import { text } from 'node:stream/consumers';
import type { Agents } from '../../kit/agents.ts';
import type { BenchmarkSide } from '../../model/benchmark.ts';
import type { Engine, LoadOrder, LoadResult } from '../../model/load.ts';
import { type EngineProgram, makeLoad, type StartGenerator } from './generator.ts';
import type { MeasuredRun, Sockets } from './measured-run.ts';
import { type LookAtPods, startSampler } from './sampler.ts';
import type { LoadedPod } from './side.ts';

/** What a run is watched with, beside the engine's own account. */
export interface Bench {
  readonly start: StartGenerator;
  /** Starts what only looks, where the generator is. */
  readonly peek: StartGenerator;
  /** Makes the load where it does not come from one place; nothing where the engine makes none so. */
  readonly elsewhere?: ((engine: Maker, order: LoadOrder) => Promise<LoadResult> | undefined) | undefined;
  readonly look: (side: BenchmarkSide) => LookAtPods;
  /** How many connections the back-ends have accepted so far. */
  readonly accepted?: () => Promise<number | undefined>;
  readonly signal: AbortSignal;
}

/** What of an engine makes the load. */
export type Maker = EngineProgram & Pick<Engine, 'name' | 'distributed'>;

/** One run: the load, and what the machine, the pods and the back-ends tell of the same time. */
export async function measure(
  bench: Bench,
  engine: Maker,
  side: BenchmarkSide,
  order: LoadOrder,
): Promise<MeasuredRun> {
  const startedAtMs = Date.now();
  const before = await bench.accepted?.();
  const sampler = startSampler(bench.look(side), Math.max(150, order.durationMs / 8));
  const elsewhere = bench.elsewhere?.(engine, order);
  const [result] = await Promise.allSettled([elsewhere ?? makeLoad(bench.start, engine, order, bench.signal)]);
  const measuredFromMs = result.status === 'fulfilled' ? result.value.measuredFromMs : undefined;
  const used = await sampler.stop(measuredFromMs, order.durationMs);
  if (result.status === 'rejected') throw result.reason;
  const here = elsewhere === undefined ? countSockets(bench.peek) : undefined;
  const [after, sockets] = await Promise.all([bench.accepted?.(), here]);
  return {
    side,
    startedAtMs,
    order,
    result: result.value,
    used,
    sockets,
    ...(before !== undefined && after !== undefined && { accepted: after - before }),
  };
}

/** Sockets where the load started; nothing where that place does not tell. */
async function countSockets(start: StartGenerator): Promise<Sockets | undefined> {
  const said = await (async () => {
    await using process = await start(['cat', '/proc/net/sockstat', '/proc/sys/net/ipv4/ip_local_port_range']);
    process.stdin.end();
    const [stdout] = await Promise.all([text(process.stdout), process.exited]);
    return stdout;
  })().catch(() => '');
  const timeWait = /^TCP: .*\btw (\d+)/m.exec(said)?.[1];
  const [, low, high] = /^(\d+)\s+(\d+)$/m.exec(said) ?? [];
  if (timeWait === undefined || low === undefined || high === undefined) return undefined;
  return { timeWait: Number(timeWait), ports: Number(high) - Number(low) + 1 };
}

/** Asks each back-end pod how many connections it has accepted so far; this question's own is left out. */
export function acceptedBy(
  agents: Agents,
  asker: { readonly namespace: string; readonly name: string },
  pods: readonly LoadedPod[],
): () => Promise<number | undefined> {
  let asked = 0;
  return async () => {
    asked += 1;
    const answers = await Promise.all(
      pods.map(({ address }) =>
        agents.probe({ kind: 'pod', ...asker }, { address, port: 8080, host: 'load', path: '/connections' }),
      ),
    );
    const counts = answers.map(({ outcome }) => (outcome.kind === 'answered' ? Number(outcome.body) : Number.NaN));
    const total = counts.reduce((sum, count) => sum + count, 0);
    return Number.isFinite(total) ? total - asked * pods.length : undefined;
  };
}
