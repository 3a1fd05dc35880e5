import { readFileSync } from 'node:fs';

/** CPU time of the thread that asks, in µs; nothing where the system does not tell. */
export function threadCpuUs(): number | undefined {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]) / 1000;
  } catch {
    return undefined;
  }
}
