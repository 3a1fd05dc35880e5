import type { LoadFailure } from '../../src/model/load.ts';
import type { Request } from './request.ts';

/** Room for one request at a time: a connection of HTTP/1.1, or a stream of one of HTTP/2. It connects when it has to. */
export interface Slot {
  /** When the request in it was to be sent, and when it was. */
  intendedUs: number;
  sentUs: number;
  /** Since when it could have held another request, had the answer been read at once. */
  freeUs: number;
  busy: boolean;
  /** Connects beforehand, so that a request need not wait for it; `ready` is called however that ends. */
  prepare(ready: () => void): void;
  start(request: Request): void;
  /** Gives the request up: it has failed for this. */
  abandon(cause: LoadFailure): void;
  /** Lets go of the connection. */
  close(): void;
}

/** What slots tell of. */
export interface SlotEvents {
  /** The request in the slot has ended, in a right answer where there is no failure; the slot may be started again at once. */
  ended(slot: Slot, failure: LoadFailure | undefined, bodyBytes: number): void;
  /** Its request goes out once more, since the server has said that it has not dealt with it. */
  sentAgain(slot: Slot): void;
  /** A connection is there. */
  opened(): void;
  /** There was no socket to be had, by this error. */
  starved(code: string): void;
}
