import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { Endpoint } from './endpoint.ts';

/** A connection, over TLS where the endpoint has a server name. Certificates are not verified: the load is the question, not the peer. */
export interface Connection {
  readonly socket: Socket;
  /** Emitted by the socket once requests may be sent. */
  readonly readyEvent: 'connect' | 'secureConnect';
  /** Ends it by a reset, which frees its port at once: closing would leave it in TIME_WAIT, and ports would run out. */
  drop(): void;
}

/** All that is read without TLS goes through this one buffer. */
const received = Buffer.allocUnsafeSlow(64 * 1024);

/** Begins to connect. `take` is given what arrives, which is only valid during the call, and how many bytes that is. */
export function connectTo(endpoint: Endpoint, take: (chunk: Uint8Array, bytes: number) => void): Connection {
  const { address: host, port, serverName } = endpoint;
  if (serverName === undefined) {
    const callback = (bytes: number) => {
      take(received, bytes);
      return true;
    };
    const socket = connect({ host, port, noDelay: true, onread: { buffer: received, callback } });
    return { socket, readyEvent: 'connect', drop: () => reset(socket) };
  }
  const raw = connect({ host, port, noDelay: true });
  const socket = connectSecure({
    socket: raw, // of its own, a socket of TLS could only be closed
    rejectUnauthorized: false,
    ...(isIP(serverName) === 0 && { servername: serverName }),
  });
  socket.on('data', (chunk: Buffer) => take(chunk, chunk.length));
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
