import type { ProbeRequest } from '../../model/probe.ts';

/**
 * The bytes of a request: request-target, header names and values as given, Host first where there is one. Only a body's
 * Content-Length is added, unless the headers already say how long it is.
 */
export function requestBytes(request: ProbeRequest): Buffer {
  const { method = 'GET', path = '/', version = '1.1', host, headers = [], body } = request;
  const framed = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const payload = body === undefined ? Buffer.alloc(0) : Buffer.from(body, 'utf8');
  const lines = [
    `${method} ${path} HTTP/${version}`,
    ...(host === undefined ? [] : [`Host: ${host}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined || framed ? [] : [`Content-Length: ${payload.length}`]),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), payload]);
}
