import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** An HTTP answer read to its end. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Where and how to ask: over TLS where `ca` is given, over a Unix socket where `socketPath` is. */
export interface Question extends RequestOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly body?: string;
}

const askTimeoutMs = 5_000;

/** One HTTP request on a connection of its own. Rejects when there is no answer. */
export const ask = ({ body, ...options }: Question): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const send = options.ca === undefined ? httpRequest : httpsRequest;
    const request = send({ agent: false, timeout: askTimeoutMs, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${askTimeoutMs} ms`)));
    request.on('error', reject);
    request.end(body);
  });

/** Whether the endpoint answers 200 now. */
export const answers = (question: Question): Promise<boolean> =>
  ask(question).then(
    ({ status }) => status === 200,
    () => false,
  );
