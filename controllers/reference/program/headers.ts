/** Headers as they came and as they go: names in the case they were sent in, and in order. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** The pairs of Node's flat list. */
export const pairsOf = (raw: readonly string[]): Headers =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));

const is = (name: string) => (pair: readonly [string, string]) => pair[0].toLowerCase() === name;

/** The values of one header. */
export const valuesOf = (headers: Headers, name: string): readonly string[] =>
  headers.filter(is(name)).map(([, value]) => value);

const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Without what concerns only the connection it came over (RFC 9110, 7.6.1): the hop-by-hop headers and those that Connection names. */
export function endToEnd(headers: Headers): Headers {
  const named = valuesOf(headers, 'connection').flatMap((value) => value.toLowerCase().split(','));
  const dropped = new Set([...hopByHop, ...named.map((name) => name.trim())]);
  return headers.filter(([name]) => !dropped.has(name.toLowerCase()));
}

/** With this Host, in the place of the one there is. */
export function withHost(headers: Headers, host: string): Headers {
  if (!headers.some(is('host'))) return [['Host', host], ...headers];
  return headers.map((pair) => (is('host')(pair) ? [pair[0], host] : pair));
}

/** With the peer's address after those that earlier proxies wrote. */
export function forwardedFor(headers: Headers, peer: string): Headers {
  const before = valuesOf(headers, 'x-forwarded-for');
  const rest = headers.filter((pair) => !is('x-forwarded-for')(pair));
  return [...rest, ['X-Forwarded-For', [...before, peer].join(', ')]];
}
