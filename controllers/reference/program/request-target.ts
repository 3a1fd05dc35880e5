import type { IncomingMessage } from 'node:http';

/** What of a request its route depends on. */
export interface Target {
  /** In lower case, without a port. */
  readonly host: string;
  /** As it was sent, without the query. */
  readonly path: string;
}

/** Host and path of a request. A target in absolute form (`GET http://host/path`) overrides the Host header (RFC 9112, 3.2.2). */
export function targetOf({ url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>): Target {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)([^?#]*)/i.exec(url);
  const authority = absolute?.[1] ?? headers.host ?? '';
  const path = absolute === null ? url.replace(/[?#].*$/s, '') : absolute[2] || '/';
  return { host: authority.toLowerCase().replace(/:\d*$/, ''), path };
}
