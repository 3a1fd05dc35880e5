import { spawn } from 'node:child_process';
import type { PlacedProcess } from '../model/cluster.ts';
import { environmentError } from '../model/errors.ts';

/** Starts a command whose standard streams are those of a program, here or elsewhere behind it; when they close, so does the program. */
export async function startPlaced(
  [command = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
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
      stdin.destroy(); // what runs elsewhere is not our child: it ends by its input
      child.kill('SIGKILL');
      await exited;
    },
  };
}
