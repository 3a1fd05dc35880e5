import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { watchUsage } from '../../src/load/usage.ts';
import type { LoadOrder, LoadResult } from '../../src/model/load.ts';
import { compiledModule } from '../../src/paths.ts';
import { type Tally, together } from './tally.ts';

/** Makes the load with autocannon, in as many threads as the order allows. */
export async function carryOut(order: LoadOrder): Promise<LoadResult> {
  const threads = Math.min(order.threads, order.connections);
  const workers = Array.from({ length: threads }, (_, index) => {
    const connections = Math.floor(order.connections / threads) + (index < order.connections % threads ? 1 : 0);
    return new Worker(compiledModule('load/autocannon/worker.ts'), { workerData: { order, connections } });
  });
  using watch = watchUsage('self');
  const measured = async () => {
    await wait(order.warmUpMs);
    await watch.restart();
    await wait(order.durationMs);
    await watch.look();
    return watch.usage();
  };
  const [{ busiestThread, peakMemoryBytes }, tallies] = await Promise.all([
    measured(),
    Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0] as Tally)),
  ]);
  const { eventLoopLagP99Us, ...counts } = together(tallies);
  return {
    engine: 'autocannon',
    engineVersion: createRequire(import.meta.url)('autocannon/package.json').version,
    durationMs: order.durationMs,
    ...counts,
    generator: {
      cpuShare: busiestThread,
      eventLoopLagP99Us,
      ...(peakMemoryBytes !== undefined && { peakMemoryBytes }),
      dropped: 0,
    },
  };
}
