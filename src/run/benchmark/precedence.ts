import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { timeouts } from '../../model/timeouts.ts';
import type { StartGenerator } from './generator.ts';

const run = promisify(execFile);

const first = ['--rr', '1'] as const;

/** The scheduling of this process's main thread, which what it starts takes over. */
const set = (policy: string, priority: string): Promise<unknown> =>
  run('chrt', [policy, '--pid', priority, String(process.pid)]).catch(() => {});

/** By what this process starts, where that is the program itself; the local cluster's user namespace refuses the other way. */
const inherited =
  (start: StartGenerator): StartGenerator =>
  async (argv) => {
    await set(...first);
    try {
      return await start(argv);
    } finally {
      await set('--other', '0');
    }
  };

/** By a command beside the program, where somebody else starts it: in a container that has the right to. */
const commanded =
  (start: StartGenerator): StartGenerator =>
  (argv) =>
    start(['chrt', ...first, ...argv]);

/**
 * A start whose programs go before all that is ordinary on their machine (SCHED_RR), so that on CPUs which the generator shares its requests leave when
 * they are due; nothing where a program that was started so says that it does not, or where there would be no CPU left for others.
 * They have to live for longer than it takes to start one: Node.js throws away what a process has said that ended before anybody listened.
 */
export async function withPrecedence(
  start: StartGenerator,
  cpus = availableParallelism(),
): Promise<StartGenerator | undefined> {
  if (cpus < 2) return undefined;
  for (const way of [inherited, commanded]) if (await goesFirst(way(start))) return way(start);
  return undefined;
}

async function goesFirst(start: StartGenerator): Promise<boolean> {
  try {
    await using asked = await start(['sh', '-c', 'read -r _; chrt --pid $$']);
    const said = text(asked.stdout);
    asked.stdin.end('\n');
    return (await Promise.race([said, pause(timeouts.engineMs, '', { ref: false })])).includes('SCHED_RR');
  } catch {
    return false; // no chrt there
  }
}
