import type { LoadFailure, LoadTarget } from '../../src/model/load.ts';

const causes: Readonly<Record<string, LoadFailure>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused', // nobody took the connection
  ENETUNREACH: 'refused',
  EHOSTDOWN: 'refused',
  ENOTFOUND: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  EADDRNOTAVAIL: 'no-socket', // no port is left
  EADDRINUSE: 'no-socket',
  EMFILE: 'no-socket',
  ENFILE: 'no-socket',
  ENOBUFS: 'no-socket',
  ENOMEM: 'no-socket',
  EPROTO: 'malformed', // no TLS
};

/** The closed list's word for an error code of a socket. */
export function causeOf(code: string | undefined): LoadFailure {
  if (code === undefined) return 'reset';
  return causes[code] ?? (/^ERR_(SSL|TLS|HTTP2|HTTP_2)/.test(code) ? 'malformed' : 'reset');
}

/** What is wrong with a whole answer; nothing where it is what was expected. The back-end counts before the length: it explains more. */
export function faultOf(
  { expect }: LoadTarget,
  status: number,
  bodyBytes: number,
  servedBy: string | undefined,
): LoadFailure | undefined {
  if (status !== expect.status) return status >= 500 ? 'status-5xx' : status >= 400 ? 'status-4xx' : 'wrong-status';
  if (expect.servedBy !== undefined && expect.servedBy[1] !== servedBy) return 'wrong-back-end';
  if (expect.bodyBytes !== undefined && expect.bodyBytes !== bodyBytes) return 'wrong-length';
  return undefined;
}
