import type { LoadTarget } from '../../src/model/load.ts';

/** A target with the bytes that ask it. */
export interface Request {
  readonly target: LoadTarget;
  readonly method: string;
  /** What is to be in its body; of HTTP/2 the rest is fields. */
  readonly payload: Buffer | undefined;
  /** As it goes over a connection of HTTP/1.1, in one write or in two. */
  readonly writes: readonly Buffer[];
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
    const payload = bodyBytes === undefined ? undefined : longest.subarray(0, bodyBytes);
    const parts = [head, payload ?? Buffer.alloc(0)];
    return { target, method, payload, writes: (bodyBytes ?? 0) > joinedBytes ? parts : [Buffer.concat(parts)] };
  });
}
