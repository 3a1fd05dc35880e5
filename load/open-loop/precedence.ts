import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

// A program that is started to go before all that is ordinary (SCHED_RR) does so with every thread. Those that send are to, and those that
// wake them. V8's own, which compile for tens of ms at a time, are not: of threads of one priority each waits for the other to be done, and a
// sender would wait for them. Garbage is no work of theirs (`nodeOptions` of the engine).

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

/** Makes a thread ordinary. Back it could not be put everywhere: not from a user namespace. */
const makeOrdinary = (id: string): unknown => spawnSync('chrt', ['--other', '--pid', '0', id], { stdio: 'ignore' });

/** Leaves precedence to this thread, which threads that it starts take over, and to no other that there is. What is returned ends it here too. */
export function keepPrecedence(): () => void {
  if (!goesFirst()) return () => {};
  const own = readlinkSync('/proc/thread-self').replace(/^.*\//, '');
  for (const id of readdirSync('/proc/self/task')) if (id !== own) makeOrdinary(id);
  return () => makeOrdinary(own);
}
