import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { PlacedProcess } from '../../src/model/cluster.ts';
import { environmentError } from '../../src/model/errors.ts';
import { inside } from './plan.ts';

/** Makes a command end with its parent, whatever ends that: the kernel sends SIGKILL. */
const dyingWithParent = ['setpriv', '--pdeathsig', 'KILL'];

/**
 * Makes a program say on descriptor 3 that from now on it ends with us. Before that it could be orphaned unseen; the one
 * who started it waits for the word, and a word that nobody waits for any more ends it.
 */
export const announced = (argv: readonly string[]): readonly string[] => [
  ...dyingWithParent,
  ...['sh', '-c', 'echo >&3 || exit 1; exec "$@" 3>&-', 'sh'],
  ...argv,
];

/**
 * The command line that runs `argv` in the namespaces of the cluster whose `unshare` has that process id. It becomes part
 * of the cluster: whatever it starts ends with the cluster. What it runs in the end has to be `announced`.
 */
export const enter = (pid: number, argv: readonly string[]): readonly string[] => [
  ...dyingWithParent,
  ...['nsenter', `--target=${pid}`, '--user', '--mount', '--net', '--uts', '--ipc'],
  // That process is outside the cluster's process namespace; what it starts is inside.
  ...[`--pid=/proc/${pid}/ns/pid_for_children`, '--preserve-credentials'],
  ...dyingWithParent,
  ...argv,
];

/** As the client outside the pod network. */
export const asClient = (argv: readonly string[]): readonly string[] => [
  'nsenter',
  `--net=${inside.networkNamespace('client')}`,
  ...argv,
];

/** Starts a command line that ends in an announced program; returns once that is about to run. */
export async function startPlaced([command = '', ...args]: readonly string[]): Promise<PlacedProcess> {
  const child = spawn(command, args, {
    // Its own group: Ctrl-C in a terminal reaches us, and we end it in order.
    detached: true,
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const { stdin, stdout, stderr } = child;
  const word = child.stdio[3] as Readable;
  // A process that ended leaves us with a pipe nobody reads: its end is told by `exited`.
  stdin.on('error', () => {});
  const problem = await new Promise<string | undefined>((resolve) => {
    word.once('data', () => resolve(undefined));
    word.once('end', () => text(stderr).then(resolve));
    child.once('error', ({ message }) => resolve(message));
  });
  if (problem !== undefined)
    throw environmentError('program-not-placed', `nothing can be started in the cluster: ${problem.trim()}`, {
      next: 'ingress-assay cluster status',
    });
  // Whoever waits between us and the program holds its end open; ours would keep this process running.
  word.destroy();
  return {
    stdin,
    stdout,
    stderr,
    exited,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
