import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { KubeConfig } from '@kubernetes/client-node';
import { AssayError, environmentError, messageOf } from '../model/errors.ts';
import { timeouts } from '../model/timeouts.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'PATCH' | 'DELETE' | 'POST';
  /** Path and query below the server's address. */
  readonly path: string;
  /** What the request is for, in words an error can quote: `apply Deployment default/web`. */
  readonly what: string;
  readonly body?: unknown;
  readonly contentType?: string;
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

/**
 * Opens a client for the current context of a kubeconfig. Credentials and TLS are client-node's; the requests are our own,
 * since its object API drops fields it does not know, lower-cases names and alters what it is handed.
 */
export function createApiClient(kubeconfig: string, signal?: AbortSignal): ApiClient {
  const config = loadConfig(kubeconfig);
  const cluster = config.getCurrentCluster();
  if (!cluster) {
    throw environmentError('kubeconfig-invalid', 'the kubeconfig has no cluster for its current context', {
      next: 'kubectl config view --minify',
    });
  }
  const server = cluster.server.replace(/\/$/, '');
  const { request, Agent } = server.startsWith('https:') ? https : http;
  const keepAlive = new Agent({ keepAlive: true });

  async function send(ask: ApiRequest, deadline: AbortSignal): Promise<http.IncomingMessage> {
    const options: https.RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    const payload = ask.body === undefined ? undefined : JSON.stringify(ask.body);
    return new Promise((resolve, reject) => {
      const outgoing = request(
        server + ask.path,
        {
          ...options,
          agent: cluster?.proxyUrl ? options.agent : keepAlive,
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
      // The server may close an idle connection just as we take it; every request of ours may be sent twice.
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        outgoing.reusedSocket && error.code === 'ECONNRESET' ? resolve(send(ask, deadline)) : reject(error),
      );
      outgoing.end(payload);
    });
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
        const answer = await send(ask, stopsOf(ask, late.signal));
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
        const answer = await send(ask, stopsOf(ask, late));
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

/** The error for a request the API server answered with a status of 400 or more, with the server's own message. */
export function refusal(what: string, status: number, body: string): AssayError {
  let message = body.trim();
  try {
    message = JSON.parse(body).message ?? message;
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

function loadConfig(kubeconfig: string): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromString(kubeconfig);
    return config;
  } catch (thrown) {
    throw environmentError('kubeconfig-invalid', `the kubeconfig does not parse: ${messageOf(thrown)}`, {
      next: 'kubectl config view',
      cause: thrown,
    });
  }
}

/** An AggregateError (one attempt per address) has no message of its own. */
const reasonOf = (thrown: unknown): string =>
  thrown instanceof AggregateError ? thrown.errors.map(messageOf).join(', ') : messageOf(thrown);
