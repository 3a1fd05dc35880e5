/** Counts the bytes of a body by its framing (RFC 9112, 6.3) and keeps none. */
export interface BodyReader {
  begin(framing: Framing): void;
  /** Reads on from these bytes; how many of them belong to the body. */
  read(chunk: Uint8Array, from: number, to: number): number;
  readonly state: 'reading' | 'done' | 'malformed';
  readonly bytes: number;
}

/** `number`: so many bytes. `close`: until the connection ends. */
export type Framing = number | 'chunked' | 'close';

const mostLineBytes = 4 * 1024;
const mostTrailerBytes = 64 * 1024;
const [CR, LF, SPACE, TAB, SEMICOLON] = [13, 10, 32, 9, 59];

const digitOf = (byte: number): number => {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
};

const [inSize, afterSize, inExtension, atSizeEnd, inData, afterData, atDataEnd, inTrailer, atTrailerEnd] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
];

export function bodyReader(): BodyReader {
  let framing: Framing = 0;
  let [place, left, digits, lineBytes, trailerBytes] = [inSize, 0, 0, 0, 0];

  function begin(next: Framing): void {
    framing = next;
    [place, left, digits, lineBytes, trailerBytes] = [inSize, 0, 0, 0, 0];
    reader.bytes = 0;
    reader.state = next === 0 ? 'done' : 'reading';
    if (typeof next === 'number') left = next;
  }

  function read(chunk: Uint8Array, from: number, to: number): number {
    if (reader.state !== 'reading') return 0;
    if (framing === 'chunked') return readChunks(chunk, from, to);
    const taken = framing === 'close' ? to - from : Math.min(left, to - from);
    reader.bytes += taken;
    left -= taken;
    if (framing !== 'close' && left === 0) reader.state = 'done';
    return taken;
  }

  /** The place after this byte of what is no data; -1 where it may not stand there. */
  function after(byte: number): number {
    switch (place) {
      case inSize: {
        const digit = digitOf(byte);
        if (digit >= 0) {
          left = left * 16 + digit;
          digits += 1;
          return digits > 12 ? -1 : inSize;
        }
        if (digits === 0) return -1;
        return byte === CR
          ? atSizeEnd
          : byte === SEMICOLON
            ? inExtension
            : byte === SPACE || byte === TAB
              ? afterSize
              : -1;
      }
      case afterSize:
        if (byte === SPACE || byte === TAB) return afterSize;
        return byte === CR ? atSizeEnd : byte === SEMICOLON ? inExtension : -1;
      case inExtension:
        return byte === CR ? atSizeEnd : byte === LF ? -1 : inExtension;
      case atSizeEnd:
        lineBytes = 0;
        return byte !== LF ? -1 : left > 0 ? inData : inTrailer;
      case afterData:
        return byte === CR ? atDataEnd : -1;
      case atDataEnd:
        digits = 0;
        return byte === LF ? inSize : -1;
      case inTrailer:
        return byte === CR ? atTrailerEnd : byte === LF ? -1 : inTrailer;
      default: {
        if (byte !== LF) return -1;
        if (lineBytes === 2) reader.state = 'done'; // the empty line
        trailerBytes += lineBytes;
        lineBytes = 0;
        return inTrailer;
      }
    }
  }

  function readChunks(chunk: Uint8Array, from: number, to: number): number {
    let index = from;
    while (index < to && reader.state === 'reading') {
      if (place === inData) {
        const taken = Math.min(left, to - index);
        reader.bytes += taken;
        left -= taken;
        index += taken;
        if (left === 0) [place, lineBytes] = [afterData, 0];
        continue;
      }
      lineBytes += 1;
      place = after(chunk[index++] as number);
      if (place < 0 || lineBytes > mostLineBytes || trailerBytes > mostTrailerBytes) reader.state = 'malformed';
    }
    return index - from;
  }

  const reader = { begin, read, state: 'done' as BodyReader['state'], bytes: 0 };
  return reader;
}
