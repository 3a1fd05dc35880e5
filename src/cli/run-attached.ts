import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { environmentError } from '../model/errors.ts';

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a program on this process's own terminal and returns its exit code, as a shell would: 128 and the signal's number
 * where a signal ended it. Signals are the program's to answer.
 */
export async function runAttached(
  [command = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  // Ctrl-C reaches the whole group, the program included; any other signal has to be passed on.
  const pass = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT') child.kill(signal);
  };
  for (const signal of passedOn) process.on(signal, pass);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', (cause) =>
        reject(environmentError('program-missing', `cannot run ${command}: ${cause.message}`, { cause })),
      );
      child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
    });
  } finally {
    for (const signal of passedOn) process.off(signal, pass);
  }
}
