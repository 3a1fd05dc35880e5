import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** A program under way that makes load. */
export interface LeashedProgram {
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** Ends it at once, with all it started. */
  kill(): void;
}

export interface LeashedOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** File descriptors that the program finds as 3, 4, … */
  readonly fds?: readonly number[];
}

/**
 * The program takes the shell's place in a process group of its own, beside a reader of a pipe that only we hold. When the pipe
 * closes, because we let go or because we were killed, the reader kills the whole group.
 */
const leash = `exec 9<&0 </dev/null
{ while read -r _ <&9; do :; done; kill -KILL 0; } >/dev/null 2>&1 &
exec "$@" 9<&-`;

/** Starts a program that never outlives us, not even `kill -9`; its process id is its own, for whoever measures it. */
export async function startLeashed(argv: readonly string[], options: LeashedOptions = {}): Promise<LeashedProgram> {
  const { env, fds = [] } = options;
  const child = spawn('sh', ['-c', leash, 'sh', ...argv], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', ...fds],
    env: { ...process.env, ...env },
  });
  const exited = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  const kill = () => child.stdin?.destroy();
  child.stdin?.on('error', () => {});
  child.once('exit', kill);
  await once(child, 'spawn');
  const { pid, stdout, stderr } = child;
  if (pid === undefined || stdout === null || stderr === null) throw new Error(`${argv[0]} cannot be run`);
  return { pid, stdout, stderr, exited, kill };
}
