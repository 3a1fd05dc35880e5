import { readFileSync } from 'node:fs';

/** How many ports of loopback wait for what may still come from this one. */
export function timeWaitTo(port: number): number {
  const to = port.toString(16).toUpperCase().padStart(4, '0');
  return readFileSync('/proc/net/tcp', 'latin1').match(new RegExp(` 0100007F:${to} 06 `, 'g'))?.length ?? 0;
}
