import type { LoadTarget } from '../../src/model/load.ts';

/** A target with the bytes that ask it. */
export interface Request {
  readonly target: LoadTarget;
  readonly method: string;
  readonly head: Buffer;
  readonly body: Buffer | undefined;
}

/** Below this, head and body are one write. */
const joinedBytes = 64 * 1024;

/** Every request's bytes, made once. Bodies are of one letter and share their memory. */
export function requests(targets: readonly LoadTarget[], fresh: boolean): readonly Request[] {
  const longest = Buffer.alloc(Math.max(0, ...targets.map(({ bodyBytes = 0 }) => bodyBytes)), 'x');
  return targets.map((target) => {
    const { method = 'GET', path, host, bodyBytes } = target;
    const lines = [
      `${method} ${path} HTTP/1.1`,
      `Host: ${host}`,
      ...(bodyBytes === undefined ? [] : [`Content-Length: ${bodyBytes}`]),
      ...(fresh ? ['Connection: close'] : []),
    ];
    const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    const body = longest.subarray(0, bodyBytes ?? 0);
    return body.length <= joinedBytes
      ? { target, method, head: Buffer.concat([head, body]), body: undefined }
      : { target, method, head, body };
  });
}
