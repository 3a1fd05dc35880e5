import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { compiledModule } from '../../../src/paths.ts';

/** Whether a process runs; one that only waits to be reaped does not. */
export async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status !== '' && !/\) [ZX] /.test(status);
}

/** Resolves once a process is gone. The test's own time-out is the bound. */
export async function gone(pid: number): Promise<void> {
  while (await isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

export interface Companion {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The next line it prints. */
  line(): Promise<string>;
  readonly exited: Promise<unknown>;
}

/** Runs `companion.ts` as a process of its own, that can be killed. */
export function startCompanion(...args: readonly string[]): Companion {
  const path = compiledModule('test/src/toolchain/companion.ts');
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    pid: child.pid ?? -1,
    line: async () => (await lines.next()).value ?? '',
    exited: once(child, 'exit'),
  };
}
