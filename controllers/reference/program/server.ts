import { createServer, type Server } from 'node:http';
import type { Serve } from './proxy.ts';

const noTunnels = 'HTTP/1.1 405 Method Not Allowed\r\nAllow: \r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** A server for clients: `serve` gets every request that can be read, one without a Host as well. CONNECT is refused. */
export const serverOf = (serve: Serve): Server =>
  createServer({ requireHostHeader: false }, serve).on('connect', (_, socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(noTunnels);
  });
