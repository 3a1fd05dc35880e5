import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A TCP server on loopback that does what a test wants of each connection. */
export interface RawServer extends AsyncDisposable {
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: () => number;
}

/** Listens on a free port. Disposing it ends every connection. */
export async function rawServer(serve: (socket: Socket, index: number) => void): Promise<RawServer> {
  const open = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {});
    serve(socket, count);
    count += 1;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** A server that answers the first bytes of every connection with these, and then ends it where `end` says so. */
export const answering = (answer: string | ((index: number) => string), end = false): Promise<RawServer> =>
  rawServer((socket, index) =>
    socket.once('data', () => {
      socket.write(typeof answer === 'string' ? answer : answer(index), 'latin1');
      if (end) socket.end();
    }),
  );

/** An answer as a back-end of ours would sign it. */
export const signed = (backend: string, status = 200, namespace = 'default'): string =>
  [
    `HTTP/1.1 ${status} X`,
    'Content-Length: 0',
    `X-Assay-Backend: ${backend}`,
    `X-Assay-Pod: ${backend}-1`,
    `X-Assay-Namespace: ${namespace}`,
    '',
    '',
  ].join('\r\n');
