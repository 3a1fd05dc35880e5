import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { AssayError, environmentError, messageOf } from '../model/errors.ts';
import { timeouts } from '../model/timeouts.ts';
import { accessOf } from './access.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'PATCH' | 'DELETE' | 'POST';
  /** Path and query below the server's address. */
  readonly path: string;
  /** What the request is for, in words an error can quote: `apply Deployment default/web`. */
  readonly what: string;
  readonly body?: unknown;
  readonly contentType?: string;
  /** Must not be sent twice: it gets a connection of its own, which no server closes just as it is taken. */
  readonly once?: true;
  readonly signal?: AbortSignal | undefined;
}

/** An answer of the API server that has begun; the body is still on its way. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: Readable;
}

/** HTTPS to one API server with the credentials of a kubeconfig. */
export interface ApiClient {
  readonly server: string;
  /** Resolves with the answer's head; the time-out covers only the way to it. */
  open(request: ApiRequest): Promise<ApiAnswer>;
  /** The whole answer as text, within `timeouts.apiRequestMs`. A status of 400 or more is an error, save 404: `undefined`. */
  text(request: ApiRequest): Promise<string | undefined>;
}

/** To make one costs both sides some ms of CPU: hundreds of requests at once would rather wait for a few. */
const connectionsAtMost = 16;

/**
 * Opens a client for the current context of a kubeconfig. The requests are our own, since client-node's
 * object API drops fields it does not know, lower-cases names and alters what it is handed.
 */
export function createApiClient(kubeconfig: string, signal?: AbortSignal): ApiClient {
  const { server, viaProxy, options: accessOptions } = accessOf(kubeconfig);
  const { request, Agent } = server.startsWith('https:') ? https : http;
  const connections = new Agent({ keepAlive: true, maxSockets: connectionsAtMost });
  /** For answers without an end: each keeps a connection from all others. */
  const ownConnections = new Agent();

  async function send(ask: ApiRequest, deadline: AbortSignal, agent = connections): Promise<http.IncomingMessage> {
    const options = await login(ask, deadline);
    const payload = ask.body === undefined ? undefined : JSON.stringify(ask.body);
    return new Promise((resolve, reject) => {
      const outgoing = request(
        server + ask.path,
        {
          ...options,
          agent: viaProxy ? options.agent : agent,
          method: ask.method,
          signal: deadline,
          headers: {
            ...options.headers,
            accept: 'application/json, */*',
            'user-agent': 'ingress-assay',
            ...(payload === undefined
              ? {}
              : {
                  'content-type': ask.contentType ?? 'application/json',
                  'content-length': Buffer.byteLength(payload),
                }),
          },
        },
        resolve,
      );
      // The server may close an idle connection just as we take it; what goes over one of those may be sent twice.
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        outgoing.reusedSocket && error.code === 'ECONNRESET' ? resolve(send(ask, deadline, agent)) : reject(error),
      );
      outgoing.end(payload);
    });
  }

  /** What each request carries; a kubeconfig may have a program that brings it, which may wait for somebody. */
  async function login(ask: ApiRequest, deadline: AbortSignal): Promise<https.RequestOptions> {
    try {
      return await orAborted(accessOptions(), deadline);
    } catch (thrown) {
      if (thrown instanceof AssayError || signal?.aborted || ask.signal?.aborted) throw thrown;
      const why = deadline.aborted ? `it did not end within ${timeouts.apiRequestMs} ms` : messageOf(thrown);
      throw environmentError('login-failed', `cannot ${ask.what}: what the kubeconfig logs in by failed: ${why}`, {
        next: 'log in by hand first: kubectl auth whoami',
        cause: thrown,
      });
    }
  }

  const failure = (ask: ApiRequest, deadline: AbortSignal, thrown: unknown): unknown => {
    if (thrown instanceof AssayError) return thrown;
    if (signal?.aborted) return signal.reason;
    if (ask.signal?.aborted) return ask.signal.reason;
    if (deadline.aborted) {
      return environmentError('api-timeout', `${server} did not answer in ${timeouts.apiRequestMs} ms: ${ask.what}`, {
        next: 'kubectl get --raw /readyz',
      });
    }
    return environmentError('api-unreachable', `cannot ${ask.what}: ${server}: ${reasonOf(thrown)}`, {
      next: 'check that the cluster runs and that the kubeconfig names it: kubectl cluster-info',
      cause: thrown,
    });
  };

  const stopsOf = (ask: ApiRequest, ...more: AbortSignal[]): AbortSignal =>
    AbortSignal.any([signal, ask.signal, ...more].filter((one) => one !== undefined));

  return {
    server,

    async open(ask) {
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), timeouts.apiRequestMs);
      try {
        const answer = await send(ask, stopsOf(ask, late.signal), ownConnections);
        return { status: answer.statusCode ?? 0, body: answer };
      } catch (thrown) {
        throw failure(ask, late.signal, thrown);
      } finally {
        clearTimeout(timer);
      }
    },

    async text(ask) {
      const late = AbortSignal.timeout(timeouts.apiRequestMs);
      try {
        const answer = await send(ask, stopsOf(ask, late), ask.once ? ownConnections : connections);
        const body = await textOf(answer);
        const status = answer.statusCode ?? 0;
        if (status === 404) return undefined;
        if (status >= 400) throw refusal(ask.what, status, body);
        return body;
      } catch (thrown) {
        throw failure(ask, late, thrown);
      }
    },
  };
}

/** What the promise brings, or the signal's reason, whichever comes first. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** The error for a request the API server answered with a status of 400 or more, with the server's own message. */
export function refusal(what: string, status: number, body: string): AssayError {
  let message = body.trim();
  let reason: unknown;
  try {
    const said = JSON.parse(body);
    message = said.message ?? message;
    reason = said.reason;
  } catch {
    // not a Status object: the text as it came
  }
  if (status === 401) {
    return environmentError(
      'credentials-refused',
      `cannot ${what}: the API server does not take the credentials: 401 ${message}`,
      {
        next: 'they may have expired: log in again, then see kubectl auth whoami',
      },
    );
  }
  const port = /Invalid value: (\d+): provided port is already allocated/.exec(message)?.[1];
  if (port !== undefined) {
    return environmentError('port-taken', `cannot ${what}: another Service of the cluster has NodePort ${port}`, {
      next: `kubectl get services --all-namespaces | grep :${port}/ shows which; use another cluster where it is needed`,
    });
  }
  if (status === 409 && reason === 'AlreadyExists') {
    return environmentError('object-exists', `cannot ${what}: there is one of that name: ${message}`, {
      next: 'see whose it is, and remove it if nobody needs it',
    });
  }
  const next =
    status === 403
      ? 'check what the kubeconfig may do: kubectl auth can-i --list'
      : 'compare the object with the API: kubectl explain <kind>';
  return environmentError('api-refused', `cannot ${what}: ${status} ${message}`, { next });
}

/** All of a stream as text. */
export async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** An AggregateError (one attempt per address) has no message of its own. */
const reasonOf = (thrown: unknown): string =>
  thrown instanceof AggregateError ? thrown.errors.map(messageOf).join(', ') : messageOf(thrown);
