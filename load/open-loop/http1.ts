import type { LoadFailure } from '../../src/model/load.ts';
import { answerReader } from './answer-reader.ts';
import { causeOf, faultOf } from './causes.ts';
import { type Connection, connectTo } from './connection.ts';
import { endpointOf } from './endpoint.ts';
import type { Request } from './request.ts';
import type { Slot, SlotEvents } from './slot.ts';

/** A slot that is one connection of HTTP/1.1 after the other, to where its first request leads; with `fresh` a new one for each request. */
export function http1Slot(first: Request, headers: readonly string[], fresh: boolean, events: SlotEvents): Slot {
  const reader = answerReader(headers);
  let connection: Connection | undefined;
  let connected = false;
  /** Answers on this connection. */
  let answers = 0;
  let request: Request | undefined;
  let prepared: (() => void) | undefined;
  let closed = false;

  function open({ target }: Request): void {
    const own = connectTo(endpointOf(target), (chunk, bytes) => {
      if (connection === own) take(chunk, bytes);
    });
    connection = own;
    connected = false;
    answers = 0;
    own.socket
      .once(own.readyEvent, () => {
        if (connection !== own) return;
        connected = true;
        events.opened();
        if (request !== undefined) write(request);
        settlePrepared();
      })
      .on('end', () => {
        if (connection === own) ended();
      })
      // Stays on: a reset of ours may still be reported.
      .on('error', (error: NodeJS.ErrnoException) => {
        if (connection !== own) return;
        const cause = causeOf(error.code);
        if (cause === 'no-socket') events.starved(error.code ?? error.message);
        lost(cause);
      })
      .on('close', () => {
        if (connection === own) lost('closed-early');
      });
  }

  function settlePrepared(): void {
    prepared?.();
    prepared = undefined;
  }

  function write({ method, writes }: Request): void {
    reader.begin(method);
    for (const bytes of writes) connection?.socket.write(bytes);
  }

  function take(chunk: Uint8Array, bytes: number): void {
    const read = request === undefined ? 0 : reader.read(chunk, 0, bytes);
    // What nobody asked for must not be taken for the next answer.
    if (request === undefined || reader.state === 'malformed' || read < bytes) lost('malformed');
    else if (reader.state === 'done') settle(fault(request), reader.persistent);
    else if (reader.bodyBytes > (request.target.expect.bodyBytes ?? Number.POSITIVE_INFINITY))
      settle(fault(request), false); // it may never end
  }

  const fault = ({ target }: Request): LoadFailure | undefined =>
    faultOf(
      target,
      reader.status,
      reader.bodyBytes,
      target.expect.servedBy && reader.header(target.expect.servedBy[0]),
    );

  /** The other side has nothing more to say. */
  function ended(): void {
    if (connected) reader.close();
    if (request !== undefined && connected && reader.state === 'done') settle(fault(request), false);
    else lost('closed-early');
  }

  /** There is no connection any more. */
  function lost(cause: LoadFailure): void {
    if (request === undefined) {
      const served = answers > 0;
      drop();
      settlePrepared();
      if (served && !fresh && !closed) open(first); // what never served would only be lost again
    } else settle(cause, false);
  }

  function settle(failure: LoadFailure | undefined, persistent: boolean): void {
    const bytes = connected ? reader.bodyBytes : 0;
    answers += 1;
    const kept = persistent && !fresh;
    const reopens = connected && !fresh && failure !== 'timeout';
    request = undefined;
    slot.busy = false;
    if (!kept) drop();
    events.ended(slot, failure, bytes);
    if (connection === undefined && reopens && !closed) open(first);
  }

  function drop(): void {
    const own = connection;
    connection = undefined;
    connected = false;
    own?.drop();
  }

  const slot: Slot = {
    intendedUs: 0,
    sentUs: 0,
    freeUs: 0,
    busy: false,
    prepare(ready) {
      prepared = ready;
      open(first);
    },
    start(next) {
      request = next;
      slot.busy = true;
      if (connected) write(next);
      else if (connection === undefined) open(next);
    },
    abandon: (cause) => settle(cause, false),
    close() {
      closed = true;
      drop();
    },
  };
  return slot;
}
