import type { ProbeRecord } from '../model/probe.ts';

/** A probe as a `curl` line to be pasted into a POSIX shell at the same place: the same bytes but for the place of Host. */
export function curlOf({ request, vantage }: Pick<ProbeRecord, 'request' | 'vantage'>): string {
  const { address, port, host, path = '/', method = 'GET', version = '1.1', headers = [], body } = request;
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const unasked = ['User-Agent', 'Accept', ...(body === undefined ? [] : ['Content-Type'])];
  const header = (text: string) => ['-H', quote(text)];
  const words = [
    `curl -sS -i --http${version} --path-as-is --globoff`,
    ...(method === 'HEAD' ? ['--head'] : method === 'GET' && body === undefined ? [] : ['-X', quote(method)]),
    ...(host === undefined ? (given.has('host') ? [] : header('Host:')) : header(headerOf('Host', host))),
    ...unasked.filter((name) => !given.has(name.toLowerCase())).flatMap((name) => header(`${name}:`)),
    ...headers.flatMap(([name, value]) => header(headerOf(name, value))),
    ...(body === undefined ? [] : ['--data-raw', quote(body)]),
    ...(/^\/[^#\s]*$/.test(path) ? [] : ['--request-target', quote(path)]),
    quote(`http://${address}:${port}${/^\/[^#\s]*$/.test(path) ? path : '/'}`),
  ];
  return `${words.join(' ')}${vantage === 'external' ? '' : `  # from ${vantage}`}`;
}

/** curl takes a header away for `Name:` and sends an empty one for `Name;`. */
const headerOf = (name: string, value: string): string => (value === '' ? `${name};` : `${name}: ${value}`);

const quote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
