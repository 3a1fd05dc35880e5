import { setTimeout as pause } from 'node:timers/promises';
import { timeouts } from '../model/timeouts.ts';
import { CheckFailed } from './failure.ts';

export type Attempt<T> = { readonly done: T } | { readonly seen: string };

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
      throw new CheckFailed({ expected, actual: `${result.seen}, still after ${timeoutMs / 1000} s` });
    }
    await pause(spacingMs);
  }
}
