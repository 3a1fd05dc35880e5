import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

const count = cpus().length;

/** Tasks that run or want to, for each CPU of this machine, at this moment; `undefined` where the kernel does not tell. */
export function runnablePerCpu(): number | undefined {
  try {
    // The fourth field: runnable tasks, the one that reads among them, of all.
    const runnable = / (\d+)\/\d+ /.exec(readFileSync('/proc/loadavg', 'latin1'))?.[1];
    return runnable === undefined ? undefined : (Number(runnable) - 1) / count;
  } catch {
    return undefined;
  }
}
