import { readFileSync } from 'node:fs';

/** What a generator has open beside its connections, at most: standard streams, threads and their loops, a program that it runs. */
export const spareDescriptors = 100;

/** How many descriptors this process may have, its hard limit if it is Node.js, which raises itself to it as it starts; nothing where the system does not tell. */
export function mostDescriptors(): number | undefined {
  const limit = /^Max open files\s+(\d+)/m.exec(limits())?.[1];
  return limit === undefined ? undefined : Number(limit);
}

/** Why so many connections cannot be opened by this process; nothing where they can. */
export function tooFewDescriptors(connections: number): string | undefined {
  const [wanted, most = Infinity] = [connections + spareDescriptors, mostDescriptors()];
  if (wanted <= most) return undefined;
  return `${connections} connections need ${wanted} file descriptors, and a process may have ${most} here: raise its limit (ulimit -Hn), or ask for fewer connections`;
}

function limits(): string {
  try {
    return readFileSync('/proc/self/limits', 'latin1');
  } catch {
    return '';
  }
}
