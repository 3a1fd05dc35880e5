import type { IncomingMessage } from 'node:http';

type Asked = Pick<IncomingMessage, 'url' | 'headers'>;

/** What of a request its route depends on. */
export interface Target {
  /** In lower case, without a port. */
  readonly host: string;
  /** As it was sent, without the query. */
  readonly path: string;
}

const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/is;

/** The host a request names, as it names it. A target in absolute form (`GET http://host/path`) overrides Host (RFC 9112, 3.2.2). */
export const authorityOf = ({ url = '/', headers }: Asked): string => absolute.exec(url)?.[1] ?? headers.host ?? '';

/** The target that a back-end is asked for: path and query as they were sent. */
export function originForm(target: string): string {
  const rest = absolute.exec(target)?.[2] ?? target;
  return rest === '' || rest.startsWith('?') ? `/${rest}` : rest;
}

/** Host and path of a request. */
export function targetOf(request: Asked): Target {
  const host = authorityOf(request).toLowerCase().replace(/:\d*$/, '');
  return { host, path: originForm(request.url ?? '/').replace(/[?#].*$/s, '') };
}

/** Whether a request has as many Host headers as it must: one; in HTTP/1.0, which did not know it, there may be none (RFC 9112, 3.2). */
export function isHostGiven({ headersDistinct, httpVersion }: IncomingMessage): boolean {
  const count = headersDistinct.host?.length ?? 0;
  return count === 1 || (count === 0 && httpVersion === '1.0');
}
