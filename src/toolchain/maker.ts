import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Where a process id means something, `<host>/<process namespace>`: containers may share a host's name, and not its processes. */
export const here = `${hostname()}/${pidNamespace()}`;

/** Its number on Linux; elsewhere a machine has one. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '';
  }
}

/** Whether a process of that id runs here. */
export function runsHere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
