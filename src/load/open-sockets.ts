import { readdir, readlink } from 'node:fs/promises';

/** How many sockets a process has opened itself, and not closed; 0 where it has ended. Its standard streams may be sockets too: ours. */
export async function openSockets(pid: number): Promise<number> {
  const folder = `/proc/${pid}/fd`;
  const fds = await readdir(folder).catch(() => []);
  const own = fds.filter((fd) => Number(fd) > 2);
  const targets = await Promise.all(own.map((fd) => readlink(`${folder}/${fd}`).catch(() => '')));
  return targets.filter((target) => target.startsWith('socket:')).length;
}
