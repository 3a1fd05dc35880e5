import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { type LoadOrder, type LoadResult, loadResultSchema } from '../../src/model/load.ts';
import { type EngineProgram, programOf } from '../../src/run/benchmark/generator.ts';

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
  engine: EngineProgram,
  order: LoadOrder,
  before: readonly string[] = [],
  started: (pid: number) => void = () => {},
): Promise<EngineRun> {
  const { options, input } = await programOf(engine, order);
  const [program = '', ...args] = [...before, process.execPath, ...options];
  const child = spawn(program, args, { cwd: '/', stdio: 'pipe' });
  started(child.pid ?? 0);
  child.stdin.on('error', () => {}); // it has ended: its code tells
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, stdout, stderr };
}

/** What an engine has seen; throws with what it said where it gave no result. */
export async function runEngine(
  engine: EngineProgram,
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
