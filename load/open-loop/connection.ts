import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectSecure } from 'node:tls';
import type { Endpoint } from './endpoint.ts';

/** A connection, over TLS where the endpoint has a server name. Certificates are not verified: the load is the question, not the peer. */
export interface Connection {
  readonly socket: Socket;
  /** Emitted by the socket once requests may be sent. */
  readonly readyEvent: 'connect' | 'secureConnect';
  /** Ends it by a reset, which frees its port at once: closing would leave it in TIME_WAIT, and ports would run out. */
  drop(): void;
}

/** All that is read goes through this one buffer: what is in it is only valid during the call. */
export const received = Buffer.allocUnsafeSlow(64 * 1024);

/** Begins to connect. `take` is called for what arrives, with how many bytes of `received` it fills. */
export function connectTo(endpoint: Endpoint, take: (bytes: number) => void): Connection {
  const { address: host, port, serverName } = endpoint;
  const onread = {
    buffer: received,
    callback: (bytes: number) => {
      take(bytes);
      return true;
    },
  };
  if (serverName === undefined) {
    const socket = connect({ host, port, noDelay: true, onread });
    return { socket, readyEvent: 'connect', drop: () => reset(socket) };
  }
  const raw = connect({ host, port, noDelay: true });
  const options: ConnectionOptions & { readonly onread: typeof onread } = {
    socket: raw,
    rejectUnauthorized: false,
    onread,
    ...(isIP(serverName) === 0 && { servername: serverName }),
  };
  const socket = connectSecure(options);
  const drop = () => {
    reset(raw);
    socket.destroy();
  };
  return { socket, readyEvent: 'secureConnect', drop };
}

function reset(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.connecting) socket.destroy();
  else socket.resetAndDestroy();
}
