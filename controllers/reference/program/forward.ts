import { type IncomingMessage, request as open, type ServerResponse } from 'node:http';
import { answer } from './answer.ts';
import type { Endpoint } from './endpoints.ts';
import { endToEnd, type Headers, pairsOf, withHost } from './headers.ts';
import type { Parts } from './parts.ts';
import { authorityOf, originForm } from './request-target.ts';

/** How the body ends is said anew on each connection. */
function framing(request: IncomingMessage): Headers {
  if (request.headers['transfer-encoding'] !== undefined) return [['Transfer-Encoding', 'chunked']];
  // Without either, Node would announce a body for these methods.
  const bodyless = request.headers['content-length'] === undefined;
  return bodyless && !/^(GET|HEAD|DELETE|OPTIONS|TRACE)$/.test(request.method ?? '') ? [['Content-Length', '0']] : [];
}

/**
 * Sends a request on to an endpoint, over a connection of its own, and the answer back. Method, request-target, headers and bodies
 * go through as they come, but for what belongs to one connection, a target in absolute form, whose host becomes Host, X-Forwarded-For,
 * and `added` to the answer.
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { address, port }: Endpoint,
  added: Headers,
  parts: Parts,
): void {
  const peer = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  const received = withHost(endToEnd(pairsOf(request.rawHeaders)), authorityOf(request));
  const headers = [...parts.forwardedFor(received, peer), ...framing(request)];
  const outgoing = open({
    host: address,
    port,
    method: request.method,
    path: parts.forwardedTarget(originForm(request.url ?? '/')),
    // Node takes a flat list, and sends it as it is; its types know only objects.
    headers: [...headers, ['Connection', 'close']].flat() as unknown as Record<string, string>,
    agent: false,
  });
  outgoing.on('response', (incoming) => {
    response.sendDate = false;
    const status = parts.forwardedStatus(incoming.statusCode ?? 502);
    const raw = [...endToEnd(pairsOf(incoming.rawHeaders)), ...added].flat();
    response.writeHead(status, incoming.statusMessage, raw);
    incoming.on('error', () => response.destroy());
    incoming.pipe(response);
  });
  outgoing.on('error', (error) => {
    if (response.headersSent) response.destroy();
    else answer(response, 502, `${address}:${port} cannot be reached: ${error.message}`);
  });
  response.on('close', () => outgoing.destroy());
  request.pipe(outgoing);
}
