import { readdir, readlink } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** How many sockets a process has opened itself, and not closed. 0 where it has ended. Its standard streams may be sockets too: ours. */
async function openSockets(pid: number): Promise<number> {
  const folder = `/proc/${pid}/fd`;
  const fds = await readdir(folder).catch(() => []);
  const own = fds.filter((fd) => Number(fd) > 2);
  const targets = await Promise.all(own.map((fd) => readlink(`${folder}/${fd}`).catch(() => '')));
  return targets.filter((target) => target.startsWith('socket:')).length;
}

const lookEveryMs = 50;
/** One look may come when a connection that was closed in good order is being replaced. */
const looks = 3;

/**
 * How many sockets a process has open just before a time of `performance.now()` until which it surely holds on to them: the most that the
 * last looks have seen; nothing where there was no time to look.
 */
export async function socketsBefore(pid: number, untilMs: number): Promise<number | undefined> {
  const seen: number[] = [];
  for (;;) {
    const count = await openSockets(pid);
    if (performance.now() >= untilMs) return seen.length === 0 ? undefined : Math.max(...seen);
    seen.push(count);
    if (seen.length > looks) seen.shift();
    await wait(lookEveryMs);
  }
}
