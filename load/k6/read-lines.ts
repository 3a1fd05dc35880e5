import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { LoadFailure } from '../../src/model/load.ts';
import { encodeHistogram, newHistogram, record } from '../../src/stats/histogram.ts';
import { endings, startMark } from './script-order.ts';

/** What the script's lines come to. */
export interface Counted {
  /** When the measured time began, in ms since 1970; nothing where no request of it ended. */
  readonly measuredFromMs: number | undefined;
  readonly answered: number;
  readonly failures: Readonly<Partial<Record<LoadFailure, number>>>;
  readonly bytesReceived: number;
  readonly connectionsOpened: number;
  readonly latency: string;
  readonly seconds: readonly { readonly answered: number; readonly failed: number }[];
}

/** Counts the lines while they flow, one a request but for those of the start: ms since the start, how it ended, µs, bytes, whether its connection was new. */
export async function readLines(lines: Readable, seconds: number): Promise<Counted> {
  const latency = newHistogram();
  const ended = new Array<number>(endings.length).fill(0);
  const bySecond = Array.from({ length: seconds }, () => ({ answered: 0, failed: 0 }));
  let bytesReceived = 0;
  let connectionsOpened = 0;
  let measuredFromMs: number | undefined;
  for await (const line of createInterface({ input: lines })) {
    if (line.startsWith(startMark)) {
      measuredFromMs = Number(line.slice(startMark.length));
      continue;
    }
    const [sentMs = 0, ending = 0, us = 0, bytes = 0, isNew = 0] = line.split(' ', 5).map(Number);
    ended[ending] = (ended[ending] ?? 0) + 1;
    bytesReceived += bytes;
    connectionsOpened += isNew;
    if (ending === 0) record(latency, us);
    const second = bySecond[Math.min(seconds - 1, Math.floor(sentMs / 1000))];
    if (second !== undefined) second[ending === 0 ? 'answered' : 'failed'] += 1;
  }
  return {
    measuredFromMs,
    answered: ended[0] ?? 0,
    failures: failuresOf(ended),
    bytesReceived,
    connectionsOpened,
    latency: encodeHistogram(latency),
    seconds: bySecond,
  };
}

/** Failures by cause, from counts in the order of `endings`; causes that did not occur are left out. */
export const failuresOf = (ended: readonly number[]): Readonly<Partial<Record<LoadFailure, number>>> =>
  Object.fromEntries(endings.flatMap((ending, index) => (index > 0 && ended[index] ? [[ending, ended[index]]] : [])));
