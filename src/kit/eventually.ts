import { setTimeout as pause } from 'node:timers/promises';
import type { ProbeRecord } from '../model/probe.ts';
import { timeouts } from '../model/timeouts.ts';
import { curlOf } from './curl.ts';
import { CheckFailed } from './failure.ts';

/** What an attempt brought: what was waited for, or what was seen instead, with the exchange that showed it. */
export type Attempt<T> = { readonly done: T } | { readonly seen: string; readonly probe?: ProbeRecord };

/**
 * Tries until an attempt is done and returns what it brought; for what no table of requests says. Gives up after
 * `timeoutMs` with a CheckFailed that quotes the last attempt.
 */
export async function eventually<T>(
  expected: string,
  attempt: () => Promise<Attempt<T>>,
  { timeoutMs = timeouts.convergeMs as number, spacingMs = 5 } = {},
): Promise<T> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    const result = await attempt();
    if ('done' in result) return result.done;
    if (performance.now() > giveUpAt) {
      const { seen, probe } = result;
      const evidence = probe && { curl: curlOf(probe), probe };
      throw new CheckFailed({ expected, actual: `${seen}, still after ${timeoutMs / 1000} s`, ...evidence });
    }
    await pause(spacingMs);
  }
}
