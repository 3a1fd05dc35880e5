import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { environmentError, usageError } from '../../src/model/errors.ts';

/** The container engines that kind can work with, by the command that speaks to each. */
export const engines = ['docker', 'podman', 'nerdctl'] as const;
export type Engine = (typeof engines)[number];

/** The engine kind will use: Docker, or what KIND_EXPERIMENTAL_PROVIDER names. */
export function engineOf(env: NodeJS.ProcessEnv = process.env): Engine {
  const named = env.KIND_EXPERIMENTAL_PROVIDER || 'docker';
  const engine = engines.find((known) => known === named);
  if (engine !== undefined) return engine;
  throw usageError('kind-provider', `KIND_EXPERIMENTAL_PROVIDER is "${named}", which kind does not know`, {
    next: `set it to one of ${engines.join(', ')}, or unset it`,
  });
}

export interface RunOptions {
  /** Ends the command, with everything it started. */
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** Told each line of stdout and stderr as it comes. */
  readonly onLine?: (line: string) => void;
}

/** How a command ended and what it said. */
export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, whatever that is. Rejects with the signal's reason, or where the command cannot be started. */
export async function run([command = '', ...args]: readonly string[], options: RunOptions = {}): Promise<Said> {
  const { signal, timeoutMs, onLine } = options;
  signal?.throwIfAborted();
  // A group of its own: Ctrl-C in a terminal is ours to answer, and what it started ends with it.
  const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // it has ended
    }
  };
  const late = timeoutMs === undefined ? undefined : setTimeout(end, timeoutMs);
  signal?.addEventListener('abort', end, { once: true });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    createInterface({ input: child[stream] }).on('line', (line) => {
      said[stream] += `${line}\n`;
      onLine?.(line);
    });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('close', resolve);
      child.once('error', (cause: NodeJS.ErrnoException) =>
        reject(
          environmentError('command-not-started', `${command} cannot be run: ${cause.message}`, {
            next: `install ${command}, and see that it is on PATH`,
            cause,
          }),
        ),
      );
    });
    signal?.throwIfAborted();
    return { code, ...said };
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', end);
  }
}
