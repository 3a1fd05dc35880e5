import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

// A program that is started to go before all that is ordinary (SCHED_RR) does so with every thread. Those that send are to, and those that
// wake them. V8's own, which compile and collect garbage for tens of ms at a time, are not: of threads of one priority each waits for the
// other to be done, and a sender would wait for them.

/** The number of SCHED_RR in the kernel. */
const roundRobin = 2;

/** Whether this thread goes before what is ordinary. */
function goesFirst(): boolean {
  try {
    const fields = readFileSync('/proc/thread-self/stat', 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[38]) === roundRobin;
  } catch {
    return false; // not Linux
  }
}

const set = (policy: readonly string[]): boolean => spawnSync('chrt', policy, { stdio: 'ignore' }).status === 0;

/** Makes all threads that there are ordinary again; true where they went before, so that those which send have to be put back there. */
export const giveUpPrecedence = (): boolean =>
  goesFirst() && set(['--all-tasks', '--other', '--pid', '0', String(process.pid)]);

/** Puts this thread before all that is ordinary. */
export function takePrecedence(): void {
  const id = readlinkSync('/proc/thread-self').replace(/^.*\//, '');
  if (!set(['--rr', '--pid', '1', id])) throw new Error('this thread may not go before others any more: chrt refuses');
}
