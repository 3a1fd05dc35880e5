import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { loader, shippedSource } from '../../kit/shipped-source.ts';
import type { PlacedProcess } from '../../model/cluster.ts';
import { environmentError, messageOf } from '../../model/errors.ts';
import { type Engine, type LoadOrder, type LoadResult, loadResultSchema } from '../../model/load.ts';
import { compiledModule } from '../../paths.ts';

/** Starts a program where the load is to come from. */
export type StartGenerator = (argv: readonly string[]) => Promise<PlacedProcess>;

/** What an engine may take beyond its warm-up, its duration and the time-out of its last request. */
const graceMs = 30_000;

/** What there is to be run of an engine. */
export type EngineProgram = Pick<Engine, 'module' | 'packages' | 'nodeOptions'>;

/** How Node is to be started for an order, and what it is then given to read: the program itself comes first, unless it is installed. */
export async function programOf(
  { module, packages, nodeOptions = [] }: EngineProgram,
  order: LoadOrder,
): Promise<{ readonly options: readonly string[]; readonly input: string }> {
  const ordered = `${JSON.stringify(order)}\n`;
  if (packages !== undefined) return { options: [...nodeOptions, compiledModule(module)], input: ordered };
  return { options: [...nodeOptions, '-e', loader], input: `${await shippedSource(module)}\n${ordered}` };
}

/**
 * Lets an engine carry out an order, and returns what it saw. Its program goes there as source; `started` is told once it runs. An
 * environment error says what it complained of where it gave no result.
 */
export async function makeLoad(
  start: StartGenerator,
  engine: EngineProgram & Pick<Engine, 'name'>,
  order: LoadOrder,
  signal: AbortSignal,
): Promise<LoadResult> {
  signal.throwIfAborted();
  const { options, input } = await programOf(engine, order);
  await using process = await start(['node', ...options]);
  process.stdin.on('error', () => {}); // it has ended: `exited` tells
  process.stdin.end(input);
  const limitMs = order.warmUpMs + order.durationMs + order.timeoutMs + graceMs;
  const ended = Promise.all([text(process.stdout), text(process.stderr), process.exited]);
  ended.catch(() => {}); // whoever gave up waiting
  const late = new AbortController();
  const gaveUp = AbortSignal.any([signal, late.signal]);
  try {
    const outcome = await Promise.race([ended, pause(limitMs, undefined, { signal: gaveUp })]);
    if (outcome === undefined) throw failure(engine.name, `it did not end within ${limitMs} ms`);
    const [stdout, stderr, { code, signal: by }] = outcome;
    if (code !== 0)
      throw failure(engine.name, `${stderr.trim().slice(-2000) || 'it said nothing'} (${by ?? `exit code ${code}`})`);
    return parsed(engine.name, stdout);
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  } finally {
    late.abort();
  }
}

const failure = (name: string, why: string, cause?: unknown) =>
  environmentError('engine-failed', `the load engine ${name} gave no result: ${why}`, {
    next: 'try another with --engine; ingress-assay list shows them',
    cause,
  });

function parsed(name: string, stdout: string): LoadResult {
  try {
    return loadResultSchema.parse(JSON.parse(stdout));
  } catch (cause) {
    throw failure(name, `what it wrote is no result: ${messageOf(cause).slice(0, 500)}`, cause);
  }
}
