import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { type RawServer, rawServer } from '../src/kit/raw-server.ts';

/** Servers on loopback that do each request some wrong. */
export const wrongServers = {
  'never answers': () => rawServer((socket) => socket.resume()),
  resets: () => rawServer((socket) => onRequest(socket, () => socket.resetAndDestroy())),
  'closes before its answer': () => rawServer((socket) => onRequest(socket, () => socket.end())),
  'closes within its answer': () =>
    rawServer((socket) => onRequest(socket, () => socket.end(`${head(100)}\r\nhalf of it`))),
  'answers garbage': () => rawServer((socket) => onRequest(socket, () => socket.write('this is no HTTP\r\n\r\n'))),
  'answers 404': () => answering((_, response) => response.writeHead(404, backend).end('no.')),
  'answers 503': () => answering((_, response) => response.writeHead(503, backend).end('no.')),
  'answers another length': () => answering((_, response) => response.writeHead(200, backend).end('short of it')),
  'answers as another back-end': () =>
    answering((_, response) => response.writeHead(200, { 'X-Assay-Backend': 'miss' }).end('hit')),
} as const satisfies Record<string, () => Promise<Pick<RawServer, 'port'> & AsyncDisposable>>;
export type Wrong = keyof typeof wrongServers;

const backend = { 'X-Assay-Backend': 'hit' };
const head = (length: number) => `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\nX-Assay-Backend: hit\r\n`;
const onRequest = (socket: Socket, act: () => void) => socket.on('data', act);

/** A server that answers rightly, and closes each connection in good order after so many answers, the last of which says so. */
export const closingAfter = (answers: number, words = 'Connection: close'): Promise<RawServer> =>
  rawServer((socket) => {
    let given = 0;
    socket.on('data', () => {
      given += 1;
      const last = given === answers;
      socket.write(`${head(3)}${last ? `${words}\r\n` : ''}\r\nhit`);
      if (last) socket.end();
    });
  });

/** An HTTP server on a free port of loopback that keeps connections as long as anybody wants them. */
export async function answering(listener: RequestListener): Promise<Pick<RawServer, 'port'> & AsyncDisposable> {
  return listening(createHttp({ keepAliveTimeout: 60_000 }, listener));
}

/** Any such server, once it listens. Disposing it ends every connection. */
export async function listening(server: Server): Promise<Pick<RawServer, 'port'> & AsyncDisposable> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {});
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}
