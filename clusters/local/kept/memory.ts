import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

/** One process of a cluster, and its proportional share of memory. */
export interface ProcessMemory {
  readonly name: string;
  readonly memoryMiB: number;
}

/** All processes of the cluster whose `unshare` has that process id, pods included, largest first. */
export async function memoryOf(pid: number): Promise<readonly ProcessMemory[]> {
  const namespace = await readlink(`/proc/${pid}/ns/user`).catch(() => undefined);
  if (namespace === undefined) return [];
  const ids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const members = await Promise.all(ids.map((id) => memberOf(namespace, id)));
  return members.flatMap((member) => member ?? []).sort((a, b) => b.memoryMiB - a.memoryMiB);
}

async function memberOf(namespace: string, id: string): Promise<ProcessMemory | undefined> {
  // Of all its namespaces, only the user namespace is every process's.
  const own = await readlink(`/proc/${id}/ns/user`).catch(() => undefined);
  return own === namespace ? memoryOfProcess(id) : undefined;
}

/** One process and its proportional share of memory; `undefined` where it has just ended. */
export async function memoryOfProcess(id: string): Promise<ProcessMemory | undefined> {
  try {
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8');
    const kibibytes = Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    const argv = (await readFile(`/proc/${id}/cmdline`, 'utf8')).split('\0');
    return { name: nameOf(argv), memoryMiB: kibibytes / 1024 };
  } catch {
    return undefined;
  }
}

/** The program, or the module that Node.js runs. */
function nameOf([program = '', ...args]: readonly string[]): string {
  const module = args.find((arg) => !arg.startsWith('-')) ?? '';
  return basename(program) === 'node' && module.endsWith('js') ? basename(module) : basename(program);
}
