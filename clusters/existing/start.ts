import { spawn } from 'node:child_process';
import type { PlacedProcess } from '../../src/model/cluster.ts';
import { environmentError } from '../../src/model/errors.ts';

/** Starts a program whose standard streams are ours. What runs elsewhere behind it ends by its input. */
export async function startProgram(
  [command = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<PlacedProcess> {
  // A group of its own: Ctrl-C in a terminal reaches us, and we end it in order.
  const child = spawn(command, args, { detached: true, stdio: 'pipe', env });
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const { stdin, stdout, stderr } = child;
  stdin.on('error', () => {}); // it has ended: `exited` tells
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(environmentError('program-not-placed', `${command} cannot be run: ${cause.message}`, { cause })),
    );
  });
  return {
    stdin,
    stdout,
    stderr,
    exited,
    [Symbol.asyncDispose]: async () => {
      stdin.destroy();
      child.kill('SIGKILL');
      await exited;
    },
  };
}
