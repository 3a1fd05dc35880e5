/** Reads the head of an HTTP/1.1 answer byte by byte, wherever it is cut, and keeps nothing but the values it is told to look for. */
export interface HeadReader {
  begin(): void;
  /** Reads on from these bytes; how many of them belong to the head. */
  read(chunk: Uint8Array, from: number, to: number): number;
  readonly state: 'reading' | 'done' | 'malformed';
  readonly status: number;
  /** `HTTP/1.1` rather than 1.0. */
  readonly modern: boolean;
  /** The value of a header that is looked for, by its place in the list; several are joined by commas. */
  value(place: number): string | undefined;
}

const mostHeadBytes = 64 * 1024;
const mostValueBytes = 1024;
const mostNameBytes = 64;

const [CR, LF, SPACE, TAB, COLON, ZERO] = [13, 10, 32, 9, 58, 48];
const version = Buffer.from('HTTP/1.', 'latin1');

/** For each byte of a name its small letter, or 0 where it may not stand in one (RFC 9110, 5.6.2). */
const inNames = Uint8Array.from({ length: 256 }, (_, byte) => {
  const letter = String.fromCharCode(byte);
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]$/.test(letter) ? letter.toLowerCase().charCodeAt(0) : 0;
});

const [inStatusLine, atLineStart, inName, inValue, atLineEnd, atHeadEnd] = [0, 1, 2, 3, 4, 5];

/** A reader that looks for these headers, in small letters. */
export function headReader(names: readonly string[]): HeadReader {
  const wanted = names.map((name) => Buffer.from(name, 'latin1'));
  const values: (string | undefined)[] = names.map(() => undefined);
  const name = Buffer.alloc(mostNameBytes);
  const kept = Buffer.alloc(mostValueBytes);
  let [place, at, nameBytes, keptBytes, size] = [0, 0, 0, 0, 0];
  let current = -1;

  function begin(): void {
    [place, at, size] = [inStatusLine, 0, 0];
    reader.state = 'reading';
    reader.status = 0;
    reader.modern = false;
    values.fill(undefined);
  }

  /** Whether this byte may stand at this place of the status line. */
  function takesStatusByte(byte: number): boolean {
    const digit = byte - ZERO;
    if (at < 7) return byte === version[at];
    if (at === 7) {
      reader.modern = digit === 1;
      return digit === 0 || digit === 1;
    }
    if (at === 8) return byte === SPACE;
    if (at < 12) {
      reader.status = reader.status * 10 + digit;
      return digit >= (at === 9 ? 1 : 0) && digit <= 9;
    }
    return at > 12 || byte === SPACE;
  }

  const found = (): number =>
    wanted.findIndex((one) => one.length === nameBytes && one.compare(name, 0, nameBytes) === 0);

  function keepValue(): void {
    let end = keptBytes;
    while (end > 0 && (kept[end - 1] === SPACE || kept[end - 1] === TAB)) end -= 1;
    const text = kept.toString('latin1', 0, end);
    const before = values[current];
    values[current] = before === undefined ? text : `${before},${text}`;
  }

  function read(chunk: Uint8Array, from: number, to: number): number {
    let index = from;
    let state: HeadReader['state'] = 'reading';
    while (index < to && state === 'reading') {
      const byte = chunk[index++] as number;
      if (place === inValue) {
        if (byte === CR) {
          if (current >= 0) keepValue();
          place = atLineEnd;
        } else if (byte === LF || byte === 0) state = 'malformed';
        else if (current >= 0 && (keptBytes > 0 || (byte !== SPACE && byte !== TAB))) {
          if (keptBytes === mostValueBytes) state = 'malformed';
          else kept[keptBytes++] = byte;
        }
      } else if (place === inName) {
        if (byte === COLON && nameBytes > 0) {
          current = found();
          keptBytes = 0;
          place = inValue;
        } else {
          const letter = inNames[byte] as number;
          if (letter === 0) state = 'malformed';
          else if (nameBytes < mostNameBytes) name[nameBytes++] = letter;
          else nameBytes = mostNameBytes + 1; // longer than any that is looked for
        }
      } else if (place === atLineStart) {
        if (byte === CR) place = atHeadEnd;
        else {
          nameBytes = 0;
          place = inName;
          index -= 1;
        }
      } else if (place === inStatusLine) {
        if (byte === CR && at >= 12) place = atLineEnd;
        else if (byte === LF || byte === 0 || !takesStatusByte(byte)) state = 'malformed';
        at += 1;
      } else if (byte !== LF) state = 'malformed';
      else if (place === atLineEnd) place = atLineStart;
      else state = 'done';
    }
    size += index - from;
    reader.state = size > mostHeadBytes ? 'malformed' : state;
    return index - from;
  }

  const reader = {
    begin,
    read,
    state: 'reading' as HeadReader['state'],
    status: 0,
    modern: false,
    value: (wantedPlace: number) => values[wantedPlace],
  };
  return reader;
}
