import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { environmentError } from '../../../src/model/errors.ts';

/** The environment of the programs that build a pod: theirs is not the container's, and not this process's either. */
export const toolEnvironment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };

/** What a shell would call the end of a process: its code, or 128 and the signal's number. */
export const exitCodeOf = (code: number | null, signal: NodeJS.Signals | null): number =>
  code ?? 128 + (signal ? constants.signals[signal] : 0);

/** Runs a program to its end and returns its output; an error that quotes it where it failed. */
export function run(program: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: toolEnvironment });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk;
    });
    child.stdin.on('error', () => {}); // it may end without reading
    child.stdin.end(input);
    child.on('error', (cause) => reject(environmentError('program-missing', `cannot run ${program}`, { cause })));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else
        reject(
          environmentError('command-failed', `${program} ended with ${exitCodeOf(code, signal)}: ${stderr.trim()}`),
        );
    });
  });
}
