import type { MessagePort } from 'node:worker_threads';
import type { LoadFailure, LoadOrder } from '../../src/model/load.ts';
import type { AlarmCells } from './alarm.ts';
import type { LanePlan } from './plan.ts';
import type { SecondSeen } from './seconds.ts';

/** What a thread is started with. */
export type ThreadData = {
  readonly cells: AlarmCells;
  readonly port: MessagePort;
} & (
  | { readonly role: 'sleeper' }
  | { readonly role: 'sender'; readonly order: LoadOrder; readonly lanes: readonly LanePlan[] }
);

/** To a sender that is ready: when the load begins, in µs of the common clock. */
export interface Begin {
  readonly atUs: number;
}

/** What one sender counted. */
export interface Tally {
  offered: number;
  answered: number;
  answeredWithin: number;
  /** Requests that were due when there was time left for an answer, and those of them that had it when the time was over. */
  dueInTime: number;
  answeredInTime: number;
  readonly failures: Partial<Record<LoadFailure, number>>;
  bytesReceived: number;
  connectionsOpened: number;
  waitedForConnection: number;
  sentAgain: number;
  dropped: number;
  /** CPU time over wall time of its thread. */
  cpuShare: number;
  /** Error codes of sockets that were not to be had. */
  readonly starved: Record<string, number>;
  /** Latencies, by the third of the measured time in which their requests were to be sent. */
  readonly thirds: readonly Float64Array[];
  readonly sendLag: Float64Array;
  readonly loopLag: Float64Array;
}

/** From a sender. */
export type FromSender =
  | { readonly kind: 'ready' }
  | { readonly kind: 'second'; readonly second: SecondSeen }
  | { readonly kind: 'done'; readonly tally: Tally };
