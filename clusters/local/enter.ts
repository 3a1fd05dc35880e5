import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { PlacedProcess } from '../../src/model/cluster.ts';
import { environmentError } from '../../src/model/errors.ts';
import { inside } from './plan.ts';

/**
 * Makes a command end with its parent, whatever ends that: the kernel sends SIGKILL. Whoever asks for this too late, being an
 * orphan already, sees it from the parent it has now.
 */
const dyingWith = (parent: number): readonly string[] => [
  ...['setpriv', '--pdeathsig', 'KILL'],
  ...['sh', '-c', '[ "$PPID" = "$1" ] || exit 1; shift; exec "$@"', 'sh', String(parent)],
];

/** A parent outside one's process namespace is seen as this. */
const outsideParent = 0;

/**
 * The command line that runs `argv` in the namespaces of the cluster whose `unshare` has that process id. It becomes part
 * of the cluster: whatever it starts ends with the cluster, and `argv` itself also ends with this process.
 */
export const enter = (pid: number, argv: readonly string[]): readonly string[] => [
  ...dyingWith(process.pid),
  ...['nsenter', `--target=${pid}`, '--user', '--mount', '--net', '--uts', '--ipc'],
  // That process is outside the cluster's process namespace; what it starts is inside.
  ...[`--pid=/proc/${pid}/ns/pid_for_children`, '--preserve-credentials'],
  ...dyingWith(outsideParent),
  ...argv,
];

/** As the client outside the pod network. */
export const asClient = (argv: readonly string[]): readonly string[] => [
  'nsenter',
  `--net=${inside.networkNamespace('client')}`,
  ...argv,
];

/** Starts a command line as a process at a place. */
export async function startPlaced(argv: readonly string[]): Promise<PlacedProcess> {
  const [command = '', ...args] = argv;
  const child = spawn(command, args, {
    // Its own group: Ctrl-C in a terminal reaches us, and we end it in order.
    detached: true,
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
    stdio: 'pipe',
  });
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  // A process that ended leaves us with a pipe nobody reads: its end is told by `exited`.
  child.stdin.on('error', () => {});
  await once(child, 'spawn').catch((error) => {
    throw environmentError('program-not-placed', `${command} did not start: ${error.message}`, { cause: error });
  });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    exited,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
