import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface LeashOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program and everything it started, at once. */
  readonly signal: AbortSignal;
  /** Takes everything it says. */
  readonly logFile?: string;
  readonly onLine?: (line: string) => void;
}

export type LeashedEnd =
  /** It ran to its end; `stdout` and `output` (both streams as they came) are lines. */
  | {
      readonly kind: 'ended';
      readonly code: number;
      readonly stdout: readonly string[];
      readonly output: readonly string[];
    }
  | { readonly kind: 'missing' };

/**
 * The program runs in a process group of its own beside a reader of a pipe that only we hold. When the pipe closes,
 * because we let go or because we were killed with no time to clean up, the reader kills the whole group.
 */
const leash = `exec 3<&0 </dev/null
{ while read -r _ <&3; do :; done; kill -KILL 0; } &
"$@" 3<&-`;

/**
 * Runs a program that never outlives us, not even `kill -9`, nor does anything it started. Rejects with the signal's
 * reason where that ended it.
 */
export async function runLeashed(argv: readonly string[], options: LeashOptions): Promise<LeashedEnd> {
  options.signal.throwIfAborted();
  const child = spawn('sh', ['-c', leash, 'sh', ...argv], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const letGo = () => child.stdin.destroy();
  options.signal.addEventListener('abort', letGo);
  child.on('exit', letGo);
  child.stdin.on('error', () => {});

  const log = options.logFile === undefined ? undefined : createWriteStream(options.logFile);
  log?.on('error', () => {}); // a full disk: the program will say so itself
  const stdout: string[] = [];
  const output: string[] = [];
  const collect = (stream: Readable, into?: string[]) =>
    createInterface({ input: stream }).on('line', (line) => {
      into?.push(line);
      output.push(line);
      log?.write(`${line}\n`);
      options.onLine?.(line);
    });
  collect(child.stdout, stdout);
  collect(child.stderr);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => resolve(status ?? 137));
    });
    options.signal.throwIfAborted();
    return code === 127 ? { kind: 'missing' } : { kind: 'ended', code, stdout, output };
  } finally {
    options.signal.removeEventListener('abort', letGo);
    log?.end();
  }
}
