import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { loader, shippedSource } from '../../src/kit/shipped-source.ts';
import { type Engine, type LoadOrder, type LoadResult, loadResultSchema } from '../../src/model/load.ts';
import { compiledModule } from '../../src/paths.ts';

/** What an engine's program said, and how it ended. */
export interface EngineRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs an engine's program here, shipped as source from a folder where nothing of ours is, or as a file where it needs packages. What is
 * `before` it starts it: `['taskset', '-c', '1']`.
 */
export async function startEngine(
  engine: Pick<Engine, 'module' | 'packages'>,
  order: LoadOrder,
  before: readonly string[] = [],
  started: (pid: number) => void = () => {},
): Promise<EngineRun> {
  const shipped = engine.packages === undefined;
  const node = [process.execPath, ...(shipped ? ['-e', loader] : [compiledModule(engine.module)])];
  const [program = '', ...args] = [...before, ...node];
  const child = spawn(program, args, { cwd: '/', stdio: 'pipe' });
  started(child.pid ?? 0);
  child.stdin.on('error', () => {}); // it has ended: its code tells
  child.stdin.end(`${shipped ? `${await shippedSource(engine.module)}\n` : ''}${JSON.stringify(order)}\n`);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, stdout, stderr };
}

/** What an engine has seen; throws with what it said where it gave no result. */
export async function runEngine(
  engine: Pick<Engine, 'module' | 'packages'>,
  order: LoadOrder,
  before: readonly string[] = [],
  started: (pid: number) => void = () => {},
): Promise<LoadResult> {
  const { code, stdout, stderr } = await startEngine(engine, order, before, started);
  if (code !== 0) throw new Error(`${engine.module} ended with ${code}: ${stderr}`);
  return loadResultSchema.parse(JSON.parse(stdout));
}

/** Failures of all causes. */
export const failed = ({ failures }: LoadResult): number =>
  Object.values(failures).reduce((sum, count) => sum + count, 0);
