import type { ServerResponse } from 'node:http';

/** An answer of the controller's own. */
export function answer(response: ServerResponse, status: number, text: string): void {
  const body = `${status} ${text}\n`;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** What is said where no rule takes a request and there is no default back-end. */
export const nowhere = (response: ServerResponse): void =>
  answer(response, 404, 'no rule takes this request, and there is no default back-end');

/** What is said where a rule takes a request, and its back-end has no endpoint, is not there, or is no Service. */
export const unavailable = (response: ServerResponse, backend: string): void =>
  answer(response, 503, `${backend} has no endpoint that is ready`);
