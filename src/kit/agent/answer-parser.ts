import { type BodyReader, bodyReader, Endless, Malformed } from './body-reader.ts';

/** An HTTP/1.1 answer as it came. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As latin1, cut to 64 KiB. */
  readonly body: string;
  readonly bodyBytes: number;
}

/** Reads one answer from the bytes of a connection. Throws `Malformed` for what is no HTTP/1.1, `Endless` past its bounds. */
export interface AnswerParser {
  /** Takes the next bytes; the answer once it is complete. */
  push(chunk: Buffer): Answer | undefined;
  /** The other side has closed: the answer, if only the close ends it, or `undefined` where the close came too early. */
  end(): Answer | undefined;
  /** How far it got, for an error to say. */
  progress(): string;
}

const maxHeadBytes = 64 * 1024;
const bodyKept = 64 * 1024;
// A check asks for 64 MiB at most, and chunks add to it: beyond this, reading on would only burn CPU until the time-out.
const maxAnswerBytes = 80 * 1024 * 1024;

/** A parser for the answer to one request; the method decides whether a body may follow (RFC 9112, 6.3). */
export function answerParser(method: string, mostKeptBytes = bodyKept): AnswerParser {
  let head = Buffer.alloc(0);
  let headBytes = 0;
  let received = 0;
  let started: Pick<Answer, 'status' | 'reason' | 'headers'> | undefined;
  let body: BodyReader | undefined;
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let bodyBytes = 0;

  function keep(data: Buffer): void {
    bodyBytes += data.length;
    const part = data.subarray(0, mostKeptBytes - keptBytes);
    // A copy: a slice would keep the whole network buffer alive.
    if (part.length > 0) kept.push(Buffer.from(part));
    keptBytes += part.length;
  }

  const answer = (): Answer | undefined =>
    started && { ...started, body: Buffer.concat(kept).toString('latin1'), bodyBytes };

  const progress = () =>
    started ? `${bodyBytes} bytes into the body of a ${started.status}` : `${received} bytes into the headers`;

  return {
    push(chunk) {
      received += chunk.length;
      let rest: Buffer = chunk;
      while (!body) {
        head = Buffer.concat([head, rest]);
        const end = head.indexOf('\r\n\r\n');
        if (headBytes + (end < 0 ? head.length : end) > maxHeadBytes) {
          throw new Endless(`more than ${maxHeadBytes} bytes of headers`);
        }
        if (head.length > 0 && !'HTTP/1.'.startsWith(head.toString('latin1', 0, 7))) {
          throw new Malformed(`not HTTP/1.1: ${JSON.stringify(head.toString('latin1', 0, 40))}`);
        }
        if (end < 0) return undefined;
        const parsed = parseHead(head.toString('latin1', 0, end));
        rest = head.subarray(end + 4);
        headBytes += end + 4;
        head = Buffer.alloc(0);
        if (parsed.status >= 100 && parsed.status < 200 && parsed.status !== 101) continue; // interim: the answer follows
        started = parsed;
        body = bodyReader(method, parsed.status, parsed.headers, keep);
      }
      if (body.push(rest)) return answer();
      if (received > maxAnswerBytes) throw new Endless(`given up ${progress()}`);
      return undefined;
    },
    end: () => (body?.endsAtClose ? answer() : undefined),
    progress,
  };
}

const tokens = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function parseHead(text: string): Pick<Answer, 'status' | 'reason' | 'headers'> {
  const [statusLine = '', ...lines] = text.split('\r\n');
  const [, status, reason = ''] = /^HTTP\/1\.[01] ([1-9]\d\d)(?: ([^\0\r\n]*))?$/.exec(statusLine) ?? [];
  if (status === undefined) throw new Malformed(`status line ${JSON.stringify(statusLine.slice(0, 80))}`);
  const headers = lines.map((line): readonly [string, string] => {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon));
    if (!tokens.test(name) || /[\0\r\n]/.test(line)) {
      throw new Malformed(`header line ${JSON.stringify(line.slice(0, 80))}`);
    }
    return [name, line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')];
  });
  return { status: Number(status), reason, headers };
}
