import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** What the lines of h2load's log come to, a line for each answer: when it was asked in µs, its status or -1, how long it took in µs. */
export interface LoggedAnswers {
  /** How often each status came; -1 is a stream that the server gave up. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Statuses as those, by the second in which the answer was asked for. */
  readonly seconds: readonly ReadonlyMap<number, number>[];
  /** When the first of them was asked for, in ms since 1970; nothing where there was none. */
  readonly firstAtMs: number | undefined;
  /** When the last answer was there, in ms since 1970; nothing where there was none. */
  readonly lastAtMs: number | undefined;
}

/** Counts the lines while they flow: what it keeps does not grow with their number. */
export async function readRequestLog(log: Readable, seconds: number): Promise<LoggedAnswers> {
  const statuses = new Map<number, number>();
  const bySecond = Array.from({ length: seconds }, () => new Map<number, number>());
  let firstUs: number | undefined;
  let lastUs = 0;
  for await (const line of createInterface({ input: log })) {
    const [askedUs = 0, status = 0, tookUs = 0] = line.split('\t', 3).map(Number);
    firstUs ??= askedUs;
    lastUs = Math.max(lastUs, askedUs + tookUs);
    const second = Math.floor((askedUs - firstUs) / 1e6);
    for (const counts of [statuses, bySecond[Math.min(seconds - 1, Math.max(0, second))] ?? statuses])
      counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return {
    statuses,
    seconds: bySecond,
    firstAtMs: firstUs === undefined ? undefined : firstUs / 1000,
    lastAtMs: firstUs === undefined ? undefined : lastUs / 1000,
  };
}
