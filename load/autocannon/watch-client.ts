import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { failureOf } from '../../src/load/can-connect.ts';
import type { LoadTarget } from '../../src/model/load.ts';
import type { Counter, Ending } from './tally.ts';

/**
 * What we touch of a client of autocannon 9.0.0, beyond what it documents. Left to itself it tells of no connection that ended before
 * its answer, reads on after garbage as if in the middle of it, and keeps what was left of a broken answer for the next.
 */
export interface Inside extends EventEmitter {
  readonly parser: { reinitialize(type: 'RESPONSE'): void; execute(chunk: Buffer): unknown };
  readonly pipelinedRequests: { addBody(data: Buffer): void };
  readonly requestIterator: { readonly currentRequestIndex: number };
  readonly conn?: Socket;
  _connect(): void;
  _doRequest(): void;
  _destroyConnection(): void;
}

/** A client under watch. */
export interface WatchedClient {
  /** No request after this; resolves once the one under way has ended, which it does within its time-out. */
  drain(): Promise<void>;
}

interface Head {
  readonly headers: readonly string[];
  readonly shouldKeepAlive: boolean;
}

/** Has every request of a client counted once, by how it ended. `sinceStartMs` is the time since the measured time began. */
export function watchClient(
  client: Inside,
  targets: readonly LoadTarget[],
  counter: Counter,
  sinceStartMs: () => number,
): WatchedClient {
  let sentMs: number | undefined;
  let length = 0;
  let head: Head | undefined;
  let onIdle: (() => void) | undefined;

  const end = (ending: Ending | undefined, bytes = 0) => {
    if (sentMs !== undefined && ending !== undefined) counter.ended(sentMs, ending, bytes);
    sentMs = undefined;
    onIdle?.();
  };
  const broken = (ending: Ending) => {
    // What was sent after an answer that said the connection would close was sent in vain, and is sent again.
    end(head?.shouldKeepAlive === false && length === 0 ? undefined : ending);
  };
  client.on('request', () => {
    sentMs = sinceStartMs();
    length = 0;
  });
  client.on('headers', (seen: Head) => {
    head = seen;
  });
  client.pipelinedRequests.addBody = (data) => {
    length += data.length;
  };
  client.on('response', (status: number, bytes: number) => {
    const target = targets[client.requestIterator.currentRequestIndex];
    end(target === undefined ? 'unclassified' : judge(target, status, length, head?.headers ?? []), bytes);
  });
  client.on('connError', (error: Error) => broken(failureOf(error)));

  const execute = client.parser.execute.bind(client.parser);
  client.parser.execute = (chunk) => {
    const result = execute(chunk);
    if (result instanceof Error) {
      end('malformed');
      client._connect();
    }
    return result;
  };

  const connect = client._connect;
  client._connect = () => {
    end('timeout'); // of all that makes it connect anew, that alone tells only afterwards
    if (client.conn !== undefined) client._destroyConnection(); // forgets what was half read as well
    client.parser.reinitialize('RESPONSE');
    head = undefined;
    connect.call(client);
    const { conn } = client;
    conn?.once('connect', () => counter.connected());
    conn?.prependOnceListener('end', () => broken('closed-early'));
  };

  return {
    drain() {
      client._doRequest = () => {};
      client._connect = () => end('timeout');
      return new Promise((resolve) => {
        onIdle = resolve;
        if (sentMs === undefined) resolve();
      });
    },
  };
}

function judge({ expect }: LoadTarget, status: number, length: number, headers: readonly string[]): Ending {
  if (status !== expect.status) {
    if (status >= 500) return 'status-5xx';
    return status >= 400 ? 'status-4xx' : 'wrong-status';
  }
  if (expect.bodyBytes !== undefined && length !== expect.bodyBytes) return 'wrong-length';
  if (expect.servedBy === undefined) return 'answered';
  const [header, name] = expect.servedBy;
  return headerValue(headers, header) === name ? 'answered' : 'wrong-back-end';
}

/** Of headers as they came: name, value, name, value, … */
function headerValue(headers: readonly string[], wanted: string): string | undefined {
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (name.length === wanted.length && name.toLowerCase() === wanted) return headers[index + 1];
  }
  return undefined;
}
