import { pathToFileURL } from 'node:url';
import { collect } from '../../../load/open-loop/collector.ts';
import type { LoadOrder, LoadResult, LoadTarget } from '../../../src/model/load.ts';
import { compiledModule } from '../../../src/paths.ts';
import { failed } from '../run-engine.ts';

const module = pathToFileURL(compiledModule('load/open-loop/main.ts'));

/** A target on loopback that expects `hit`. */
export const targetAt = (port: number, changes: Partial<LoadTarget> = {}): LoadTarget => ({
  name: 'route',
  address: '127.0.0.1',
  port,
  host: 'shop.example',
  path: '/',
  expect: { status: 200, bodyBytes: 3 },
  ...changes,
});

/** A hundred requests in half a second. */
export const orderFor = (targets: readonly LoadTarget[], changes: Partial<LoadOrder> = {}): LoadOrder => ({
  shape: { kind: 'rate', rateRps: 200, arrivals: 'constant' },
  targets,
  connections: 4,
  connectionUse: 'keep-alive',
  protocol: 'http/1.1',
  warmUpMs: 0,
  durationMs: 500,
  timeoutMs: 20_000, // where the time-out is not what is tried, a machine that stands still must not be taken for a server that does
  seed: 1,
  threads: 1,
  programs: {},
  ...changes,
});

/** Carries an order out in threads of this process. Whatever happened, every request has ended in one way and in one second. */
export async function carryOut(order: LoadOrder, note: (text: string) => void = () => {}): Promise<LoadResult> {
  const result = await collect(order, module, note);
  const sum = (read: (second: LoadResult['seconds'][number]) => number) =>
    result.seconds.reduce((total, second) => total + read(second), 0);
  const ways = { offered: result.offered, answered: result.answered, failed: failed(result) };
  const bySecond = { offered: sum((s) => s.offered), answered: sum((s) => s.answered), failed: sum((s) => s.failed) };
  if (ways.offered !== ways.answered + ways.failed || JSON.stringify(ways) !== JSON.stringify(bySecond))
    throw new Error(`the counts do not add up: ${JSON.stringify({ ways, bySecond })}`);
  return result;
}
