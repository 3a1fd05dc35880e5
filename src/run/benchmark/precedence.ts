import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { StartGenerator } from './generator.ts';

const run = promisify(execFile);

/** The scheduling of this process's main thread, which what it starts takes over. */
const set = (policy: readonly string[]): Promise<boolean> =>
  run('chrt', [...policy, '--pid', policy.includes('--rr') ? '1' : '0', String(process.pid)]).then(
    () => true,
    () => false,
  );

const first = () => set(['--rr']);
const ordinary = () => set(['--other']);

/**
 * A start whose programs go before all that is ordinary on this machine (SCHED_RR), so that on CPUs which the generator shares its requests leave when
 * they are due; nothing where this process may not do that, or where there would be no CPU left for others.
 * They have to live for longer than it takes to start one: Node.js throws away what a process has said that ended before anybody listened.
 */
export async function withPrecedence(
  start: StartGenerator,
  cpus = availableParallelism(),
): Promise<StartGenerator | undefined> {
  if (cpus < 2 || !(await first())) return undefined;
  await ordinary();
  return async (argv) => {
    await first();
    try {
      return await start(argv);
    } finally {
      await ordinary();
    }
  };
}
