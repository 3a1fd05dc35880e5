import type { LoadFailure, LoadResult } from '../../src/model/load.ts';

/** What one thread has seen, in a form that goes from thread to thread. */
export interface Tally {
  /** When its measured time began, in ms since 1970. */
  readonly measuredFromMs: number;
  readonly answered: number;
  readonly failures: Readonly<Partial<Record<LoadFailure, number>>>;
  readonly bytesReceived: number;
  readonly connectionsOpened: number;
  /** By the second in which they were sent. */
  readonly seconds: readonly { readonly answered: number; readonly failed: number }[];
  readonly eventLoopLagP99Us: number;
}

/** How a request ended: rightly, or by a cause. */
export type Ending = 'answered' | LoadFailure;

/** Counts requests as they end. */
export interface Counter {
  connected(): void;
  /** A request that was sent so many ms after the measured time began; one from before or after it is not counted. */
  ended(sentMs: number, ending: Ending, bytes: number): void;
  tally(measuredFromMs: number, eventLoopLagP99Us: number): Tally;
}

/** A counter for a measured time of so many ms. */
export function createCounter(durationMs: number): Counter {
  const seconds = Array.from({ length: Math.ceil(durationMs / 1000) }, () => ({ answered: 0, failed: 0 }));
  const failures: Partial<Record<LoadFailure, number>> = {};
  let answered = 0;
  let bytesReceived = 0;
  let connectionsOpened = 0;
  return {
    connected: () => {
      connectionsOpened += 1;
    },
    ended(sentMs, ending, bytes) {
      if (sentMs < 0 || sentMs >= durationMs) return;
      bytesReceived += bytes;
      const second = seconds[Math.floor(sentMs / 1000)];
      if (ending === 'answered') {
        answered += 1;
        if (second) second.answered += 1;
      } else {
        failures[ending] = (failures[ending] ?? 0) + 1;
        if (second) second.failed += 1;
      }
    },
    tally: (measuredFromMs, eventLoopLagP99Us) => ({
      measuredFromMs,
      answered,
      failures,
      bytesReceived,
      connectionsOpened,
      seconds,
      eventLoopLagP99Us,
    }),
  };
}

/** What all threads have seen together; of the lag of their event loops, the worst; from when the last of them measured. */
export function together(tallies: readonly Tally[]) {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const failures: Partial<Record<LoadFailure, number>> = {};
  for (const tally of tallies) {
    for (const [cause, count] of Object.entries(tally.failures) as [LoadFailure, number][])
      failures[cause] = (failures[cause] ?? 0) + count;
  }
  const answered = sum((tally) => tally.answered);
  return {
    measuredFromMs: Math.max(...tallies.map((tally) => tally.measuredFromMs)),
    offered: answered + Object.values(failures).reduce((total, count) => total + count, 0),
    answered,
    failures,
    bytesReceived: sum((tally) => tally.bytesReceived),
    connectionsOpened: sum((tally) => tally.connectionsOpened),
    seconds: (tallies[0]?.seconds ?? []).map((_, index) => {
      const answered = sum(({ seconds }) => seconds[index]?.answered ?? 0);
      const failed = sum(({ seconds }) => seconds[index]?.failed ?? 0);
      return { offered: answered + failed, answered, failed };
    }),
    eventLoopLagP99Us: Math.max(0, ...tallies.map((tally) => tally.eventLoopLagP99Us)),
  } satisfies Partial<LoadResult> & { eventLoopLagP99Us: number };
}
