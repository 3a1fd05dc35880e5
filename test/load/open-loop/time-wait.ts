import { readFileSync } from 'node:fs';

/**
 * Looks at the ports of loopback in TIME_WAIT towards this one; the function that comes back tells which have joined them.
 * A server may be given the port of one before it, with what that one's clients left.
 */
export function timeWaitTo(port: number): () => readonly string[] {
  const to = port.toString(16).toUpperCase().padStart(4, '0');
  const waiting = () =>
    Array.from(
      readFileSync('/proc/net/tcp', 'latin1').matchAll(new RegExp(`:(\\w+) 0100007F:${to} 06 `, 'g')),
      ([, from]) => from as string,
    );
  const before = new Set(waiting());
  return () => waiting().filter((from) => !before.has(from));
}
