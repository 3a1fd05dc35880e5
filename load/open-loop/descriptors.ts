import { readFileSync } from 'node:fs';

/** Beside connections: threads, their loops, standard streams. */
const others = 64;

/** Why so many connections cannot be opened by this process; nothing where they can, or where the system does not tell. */
export function tooFewDescriptors(connections: number): string | undefined {
  // Node.js has raised its own limit to the hard one as it started.
  const limit = /^Max open files\s+(\d+)/m.exec(limits())?.[1];
  const wanted = connections + others;
  if (limit === undefined || wanted <= Number(limit)) return undefined;
  return `${connections} connections need ${wanted} file descriptors and this process may have ${limit}: raise its limit (ulimit -Hn), or ask for fewer connections`;
}

function limits(): string {
  try {
    return readFileSync('/proc/self/limits', 'latin1');
  } catch {
    return '';
  }
}
