import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import autocannon from 'autocannon';
import type { LoadOrder } from '../../src/model/load.ts';
import { createCounter, type Tally } from './tally.ts';
import { type Inside, type WatchedClient, watchClient } from './watch-client.ts';

// One thread of load: its share of the connections, for as long as the order says, then its tally to the thread that started it.

/** The lag is measured against a timer of this period. */
const periodMs = 10;

const { order, connections } = workerData as { readonly order: LoadOrder; readonly connections: number };
parentPort?.postMessage(await load());
process.exit();

async function load(): Promise<Tally> {
  const [first] = order.targets;
  const counter = createCounter(order.durationMs);
  const startsAtMs = performance.now() + order.warmUpMs;
  const measuredFromMs = Date.now() + order.warmUpMs;
  const clients: WatchedClient[] = [];
  autocannon({
    url: `${first?.tls ? 'https' : 'http'}://${first?.address.includes(':') ? `[${first.address}]` : first?.address}:${first?.port}`,
    connections,
    duration: (order.warmUpMs + order.durationMs + order.timeoutMs) / 1000 + 60, // it is we who end it
    timeout: order.timeoutMs / 1000,
    ...(first?.tls && { servername: first.host }),
    requests: order.targets.map(({ method = 'GET', path, host, bodyBytes = 0 }) => ({
      method: method as 'GET',
      path,
      headers: { host },
      ...(bodyBytes > 0 && { body: Buffer.alloc(bodyBytes, 'x') }),
    })),
    setupClient: (client) => {
      const inside = client as unknown as Inside;
      clients.push(watchClient(inside, order.targets, counter, () => performance.now() - startsAtMs));
    },
  });
  await wait(order.warmUpMs);
  const delay = monitorEventLoopDelay({ resolution: periodMs });
  delay.enable();
  await wait(order.durationMs);
  delay.disable();
  await Promise.all(clients.map((client) => client.drain()));
  const lagMs = Math.max(0, delay.percentile(99) / 1e6 - periodMs);
  return counter.tally(measuredFromMs, Math.round(lagMs * 1000));
}
