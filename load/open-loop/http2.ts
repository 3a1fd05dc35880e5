import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { LoadFailure } from '../../src/model/load.ts';
import { causeOf, faultOf } from './causes.ts';
import { endpointOf } from './endpoint.ts';
import type { Request } from './request.ts';
import type { Slot, SlotEvents } from './slot.ts';

/** Slots that are the streams of one connection of HTTP/2 after the other; with `fresh` a new connection for each request. */
export function http2Slots(first: Request, streams: number, fresh: boolean, events: SlotEvents): readonly Slot[] {
  if (fresh) return Array.from({ length: streams }, () => streamSlot(sessions(first, events), true, events));
  const shared = sessions(first, events);
  return Array.from({ length: streams }, () => streamSlot(shared, false, events));
}

interface Sessions {
  /** The session that takes requests now; where there is none, a new one to where this request leads. */
  current(request?: Request): Session;
  /** The current one if there is one. */
  close(): void;
}

interface Session {
  readonly http2: ClientHttp2Session;
  readonly ready: Promise<LoadFailure | undefined>;
  /** Why it is no more. */
  lost: LoadFailure | undefined;
  /** Takes no more requests. */
  leaving: boolean;
  /** The last stream that the server has dealt with or will, once it has said that it goes (GOAWAY). */
  lastStream: number | undefined;
  drop(): void;
}

function sessions(first: Request, events: SlotEvents): Sessions {
  let current: Session | undefined;
  return {
    current(request = first) {
      if (current === undefined || current.leaving || current.http2.destroyed || current.http2.closed)
        current = openSession(request, events);
      return current;
    },
    close() {
      current?.drop();
      current = undefined;
    },
  };
}

function openSession({ target }: Request, events: SlotEvents): Session {
  const { address: host, port, serverName } = endpointOf(target);
  const raw = connectSocket({ host, port, noDelay: true });
  const socket: Socket =
    serverName === undefined
      ? raw
      : connectSecure({
          socket: raw,
          rejectUnauthorized: false,
          ALPNProtocols: ['h2'],
          ...(isIP(serverName) === 0 && { servername: serverName }),
        });
  const http2 = connect(
    `${serverName === undefined ? 'http' : 'https'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
    {
      createConnection: () => socket,
      settings: { enablePush: false },
    },
  );
  let settleReady: (cause: LoadFailure | undefined) => void = () => {};
  const session: Session = {
    http2,
    ready: new Promise((resolve) => {
      settleReady = resolve;
    }),
    lost: undefined,
    leaving: false,
    lastStream: undefined,
    drop() {
      if (!raw.destroyed && !raw.connecting) raw.resetAndDestroy();
      http2.destroy();
    },
  };
  const lose = (cause: LoadFailure) => {
    session.lost ??= cause;
    session.leaving = true;
    settleReady(session.lost);
  };
  const fail = (error: NodeJS.ErrnoException) => {
    const cause = causeOf(error.code);
    if (cause === 'no-socket' && session.lost === undefined) events.starved(error.code ?? error.message);
    lose(cause);
  };
  raw.on('error', fail);
  socket.on('error', fail);
  // Its settings are the first that a server of HTTP/2 says: before, it is none.
  http2
    .once('remoteSettings', () => {
      events.opened();
      settleReady(undefined);
    })
    .on('error', fail)
    .on('goaway', (_code, lastStream) => {
      session.leaving = true;
      session.lastStream = lastStream;
    })
    .on('close', () => lose('closed-early'));
  return session;
}

function streamSlot(own: Sessions, fresh: boolean, events: SlotEvents): Slot {
  let stream: ClientHttp2Stream | undefined;
  let session: Session | undefined;
  let request: Request | undefined;
  let [status, bytes] = [0, 0];
  let servedBy: string | undefined;

  async function ask(asked: Request, on: Session): Promise<void> {
    const cause = await on.ready;
    if (request !== asked || session !== on) return; // given up meanwhile
    if (cause !== undefined) return settle(cause);
    try {
      send(asked, on);
    } catch (thrown) {
      settle(on.lost ?? causeOf((thrown as NodeJS.ErrnoException).code));
    }
  }

  function send({ target, method, payload }: Request, on: Session): void {
    const { path, host, tls, expect } = target;
    const mine = on.http2.request(
      {
        [constants.HTTP2_HEADER_METHOD]: method,
        [constants.HTTP2_HEADER_SCHEME]: tls ? 'https' : 'http',
        [constants.HTTP2_HEADER_AUTHORITY]: host,
        [constants.HTTP2_HEADER_PATH]: path,
        ...(payload !== undefined && { 'content-length': payload.length }),
      },
      { endStream: payload === undefined },
    );
    stream = mine;
    [status, bytes, servedBy] = [0, 0, undefined];
    if (payload !== undefined) mine.end(payload);
    mine
      .on('response', (headers) => {
        status = headers[':status'] ?? 0;
        const named = expect.servedBy && headers[expect.servedBy[0]];
        servedBy = typeof named === 'string' ? named : named?.join();
      })
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (stream === mine && expect.bodyBytes !== undefined && bytes > expect.bodyBytes) judge(); // it may never end
      })
      .on('end', () => {
        if (stream === mine && status > 0 && mine.rstCode === constants.NGHTTP2_NO_ERROR) judge();
      })
      .on('error', (error: NodeJS.ErrnoException) => {
        gone(mine, on, causeOfStream(error.code, on));
      })
      .on('close', () => gone(mine, on, mine.rstCode === 0 || on.http2.destroyed ? 'closed-early' : 'reset'));
  }

  /** The stream has ended without an answer. One that the server has said not to have seen is asked again elsewhere (RFC 9113, 6.8). */
  function gone(mine: ClientHttp2Stream, { lost, lastStream }: Session, failure: LoadFailure): void {
    if (stream !== mine || request === undefined) return;
    if (lastStream === undefined || (mine.id ?? Number.POSITIVE_INFINITY) <= lastStream) {
      settle(lost ?? failure);
      return;
    }
    stream = undefined;
    if (fresh) own.close();
    events.sentAgain(slot);
    session = own.current(request);
    void ask(request, session);
  }

  function judge(): void {
    if (request !== undefined) settle(faultOf(request.target, status, bytes, servedBy));
  }

  function settle(failure: LoadFailure | undefined): void {
    const old = stream;
    [stream, request] = [undefined, undefined];
    slot.busy = false;
    if (old !== undefined && !old.readableEnded) old.close(constants.NGHTTP2_CANCEL);
    if (fresh) own.close();
    events.ended(slot, failure, old === undefined ? 0 : bytes);
  }

  const slot: Slot = {
    intendedUs: 0,
    sentUs: 0,
    freeUs: 0,
    busy: false,
    prepare(ready) {
      // Streams of one session all wait for the same.
      void own.current().ready.then(ready);
    },
    start(next) {
      request = next;
      slot.busy = true;
      session = own.current(next);
      void ask(next, session);
    },
    abandon(cause) {
      if (stream === undefined) session?.drop(); // it is not even connected
      settle(cause);
    },
    close: () => own.close(),
  };
  return slot;
}

/** Streams are cancelled by Node.js where their connection has been closed. */
function causeOfStream(code: string | undefined, { http2 }: Session): LoadFailure {
  if (code !== 'ERR_HTTP2_STREAM_ERROR' && code !== 'ERR_HTTP2_STREAM_CANCEL') return causeOf(code);
  return http2.destroyed ? 'closed-early' : 'reset';
}
