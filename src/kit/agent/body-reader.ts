/** What the other side sent is no HTTP/1.1 answer. */
export class Malformed extends Error {}

/** The other side goes on and on. */
export class Endless extends Error {}

/** Reads the body of one message. */
export interface BodyReader {
  /** Takes bytes; true once the body is complete. */
  push(chunk: Buffer): boolean;
  /** Only the closed connection ends it. */
  readonly endsAtClose: boolean;
}

type Headers = readonly (readonly [name: string, value: string])[];

/** The reader that method, status and headers call for (RFC 9112, 6.3), giving the content to `keep`. */
export function bodyReader(method: string, status: number, headers: Headers, keep: (data: Buffer) => void): BodyReader {
  const valuesOf = (wanted: string) =>
    headers.filter(([name]) => name.toLowerCase() === wanted).flatMap(([, value]) => value.split(','));
  const codings = valuesOf('transfer-encoding').map((coding) => coding.trim().toLowerCase());
  const lengths = new Set(valuesOf('content-length').map((value) => value.trim()));

  const tunnel = method === 'CONNECT' && status >= 200 && status < 300; // no body whatever the headers (RFC 9110, 9.3.6)
  if (method === 'HEAD' || tunnel || status < 200 || status === 204 || status === 304) return sized(0, keep);
  if (codings.length > 0 && lengths.size > 0) throw new Malformed('both Transfer-Encoding and Content-Length');
  if (codings.at(-1) === 'chunked') return chunked(keep);
  if (codings.length > 0 || lengths.size === 0) return untilClose(keep);
  const [length = ''] = lengths;
  if (lengths.size > 1 || !/^\d{1,15}$/.test(length)) {
    throw new Malformed(`Content-Length ${[...lengths].join(', ').slice(0, 80)}`);
  }
  return sized(Number(length), keep);
}

function sized(length: number, keep: (data: Buffer) => void): BodyReader {
  let left = length;
  return {
    endsAtClose: false,
    push(chunk) {
      const part = chunk.subarray(0, left);
      keep(part);
      left -= part.length;
      return left === 0;
    },
  };
}

function untilClose(keep: (data: Buffer) => void): BodyReader {
  return {
    endsAtClose: true,
    push(chunk) {
      keep(chunk);
      return false;
    },
  };
}

const maxLineBytes = 4 * 1024;
const maxTrailerBytes = 64 * 1024;

function chunked(keep: (data: Buffer) => void): BodyReader {
  let expecting: 'size' | 'data' | 'data-end' | 'trailer' = 'size';
  let left = 0;
  let trailerBytes = 0;
  let line: Buffer = Buffer.alloc(0);

  /** Takes one line off the front of the bytes; `undefined` where it has not ended yet. */
  function takeLine(bytes: Buffer): { readonly text: string; readonly rest: Buffer } | undefined {
    const all = line.length === 0 ? bytes : Buffer.concat([line, bytes]);
    const end = all.indexOf('\r\n');
    if ((end < 0 ? all.length : end) > maxLineBytes)
      throw new Endless(`a line of over ${maxLineBytes} bytes between chunks`);
    line = end < 0 ? all : Buffer.alloc(0);
    return end < 0 ? undefined : { text: all.toString('latin1', 0, end), rest: all.subarray(end + 2) };
  }

  return {
    endsAtClose: false,
    push(chunk) {
      let rest = chunk;
      for (;;) {
        if (expecting === 'data') {
          const part = rest.subarray(0, left);
          keep(part);
          left -= part.length;
          rest = rest.subarray(part.length);
          if (left > 0) return false;
          expecting = 'data-end';
        }
        const taken = takeLine(rest);
        if (!taken) return false;
        rest = taken.rest;
        if (expecting === 'data-end') {
          if (taken.text !== '') throw new Malformed('a chunk longer than its size');
          expecting = 'size';
        } else if (expecting === 'size') {
          const [, size] = /^([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?$/.exec(taken.text) ?? [];
          if (size === undefined) throw new Malformed(`chunk size ${JSON.stringify(taken.text.slice(0, 80))}`);
          left = Number.parseInt(size, 16);
          expecting = left === 0 ? 'trailer' : 'data';
        } else {
          if (taken.text === '') return true;
          trailerBytes += taken.text.length;
          if (trailerBytes > maxTrailerBytes) throw new Endless(`more than ${maxTrailerBytes} bytes of trailers`);
        }
      }
    },
  };
}
