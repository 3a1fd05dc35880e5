import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process for certain: its id may be another's one day, its id and start time together may not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In clock ticks since the machine's start, as /proc says it. */
  readonly startTicks: string;
}

const askAgainMs = 20;

/** The process of that id now, or `undefined` where there is none. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name in parentheses may hold anything; the 20th field after it is the start time, the first its state.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startTicks = fields?.[19];
  return startTicks === undefined || fields?.[0] === 'Z' ? undefined : { pid, startTicks };
}

/** Whether that very process still runs. */
export const runs = async ({ pid, startTicks }: ProcessIdentity): Promise<boolean> =>
  (await identify(pid))?.startTicks === startTicks;

/** Resolves to true once it has ended, or to false after `timeoutMs`. */
export async function hasEnded(process: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadlineMs = performance.now() + timeoutMs;
  while (await runs(process)) {
    if (performance.now() > deadlineMs) return false;
    await sleep(askAgainMs);
  }
  return true;
}
