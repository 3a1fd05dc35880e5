import { spawn } from 'node:child_process';
import { environmentError } from '../../../src/model/errors.ts';
import { exitCodeOf, toolEnvironment } from './command.ts';
import { type Container, insideArgv, mainPid } from './container.ts';

/** What an exec gave: the same as the CRI message. */
export interface ExecOutcome {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly exit_code: number;
}

/** The argv that runs `argv` inside a running container, as one of its own programs, from this process's namespaces. */
export function execArgv(container: Container, argv: readonly string[]): readonly string[] {
  const pid = mainPid(container);
  if (pid === undefined)
    throw environmentError('container-not-running', `container ${container.config.metadata.name} is not running`);
  return [
    ...['nsenter', '--target', String(pid), '--mount', '--uts', '--ipc', '--net', '--pid', '--root'],
    ...[`--wd=/proc/${pid}/root${container.config.working_dir || '/'}`, '--', ...insideArgv(container, argv)],
  ];
}

/** Runs a program in a container to its end; an `exec-timeout` error, with all of it killed, after `timeoutMs` (0: never). */
export function execSync(container: Container, argv: readonly string[], timeoutMs: number): Promise<ExecOutcome> {
  const [program = '', ...args] = execArgv(container, argv);
  return new Promise((resolve, reject) => {
    // A process group of its own: a signal to the group reaches what nsenter forked, in whatever PID namespace.
    const child = spawn(program, args, { env: toolEnvironment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    let late = false;
    const { pid } = child;
    const stop = (): void => {
      late = true;
      try {
        if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      } catch {
        // all of it ended in this very moment
      }
    };
    const timer = timeoutMs > 0 ? setTimeout(stop, timeoutMs) : undefined;
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (late) reject(environmentError('exec-timeout', `${argv[0]} did not end within ${timeoutMs} ms`));
      else
        resolve({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), exit_code: exitCodeOf(code, signal) });
    });
  });
}
