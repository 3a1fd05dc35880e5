import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { environmentError, messageOf } from '../../../src/model/errors.ts';
import { exitCodeOf, run, toolEnvironment } from './command.ts';
import type { HostTree } from './host-tree.ts';
import { type ContainerLog, openLog } from './log.ts';
import type { ContainerConfig, Resources } from './messages.ts';
import { privilegePrefix } from './privileges.ts';
import type { Image } from './runtime.ts';
import type { Sandbox } from './sandbox.ts';
import { planTree } from './tree.ts';

/** A container as the runtime knows it. */
export interface Container {
  readonly id: string;
  readonly config: ContainerConfig;
  readonly image: Image;
  readonly sandbox: Sandbox;
  readonly createdAtNs: string;
  readonly folder: string;
  resources: Resources | undefined;
  state: ContainerState;
}

export type ContainerState =
  | { readonly kind: 'created' }
  | RunningState
  | {
      readonly kind: 'exited';
      readonly startedAtNs: string;
      readonly finishedAtNs: string;
      readonly exitCode: number;
      readonly reason: string;
      readonly message: string;
    };

interface RunningState {
  readonly kind: 'running';
  readonly startedAtNs: string;
  readonly process: ChildProcess;
  readonly log: ContainerLog;
  /** Settles once the state is `exited`. */
  readonly ended: Promise<void>;
}

// The first process in a PID namespace is its process 1. This one stays outside, to say how that one ended:
// `unshare --fork` cannot say that it was killed.
const waitScript = 'exec 4>&2 2> /dev/null; script=$1; shift; sh -ec "$script" sh "$@"; exit $?';

// What this script has to say before the program runs goes to descriptor 3; its last word is `ok`.
const startScript = `
exec 2>&3
root=$1 host=$2 skeleton=$3 fstab=$4 shared=$5 readonly=$6 cwd=$7 path=$8 program=$9; shift 9
mount -t tmpfs -o mode=755 tmpfs "$root"; cd "$root"
cp -a "$host/." "$skeleton/." .
mount --all --fstab "$fstab"
[ -z "$shared" ] || mount --make-slave /
pivot_root . .old
[ -z "$shared" ] || mount --make-rslave /.old
umount -l /.old; rmdir /.old
[ -d "$cwd" ] || mkdir -p "$cwd"
cd "$cwd"
[ -z "$readonly" ] || mount -o remount,bind,ro /
found=
case $program in
*/*) found=$program; [ -e "$found" ] || { echo "exec: \\"$program\\": no such file in the container" >&3; exit 127; } ;;
*) IFS=:; set -f; for folder in $path; do
     if [ -f "$folder/$program" ]; then found=$folder/$program; [ ! -x "$found" ] || break; fi
   done
   [ -n "$found" ] || { echo "exec: \\"$program\\": executable file not found in PATH ($path)" >&3; exit 127; } ;;
esac
[ -f "$found" ] && [ -x "$found" ] || { echo "exec: \\"$program\\": permission denied" >&3; exit 126; }
echo ok >&3
exec "$@" 2>&4 3>&- 4>&-`;

/** The environment a container's programs get: the image's, then the pod's, over a machine's usual one. */
export function environmentOf(container: Pick<Container, 'config' | 'image' | 'sandbox'>): Record<string, string> {
  const { config, image, sandbox } = container;
  const program = image.entrypoint[0];
  return {
    PATH: `${program?.startsWith('/') ? `${dirname(program)}:` : ''}${toolEnvironment.PATH}`,
    HOME: '/root',
    ...(sandbox.config.hostname ? { HOSTNAME: sandbox.config.hostname } : {}),
    ...image.env,
    ...Object.fromEntries(config.envs.map(({ key, value }) => [key, value.toString()])),
  };
}

/** The argv that, inside a container, runs `argv` as one of its programs: with its environment and privileges only. */
export function insideArgv(
  container: Pick<Container, 'config' | 'image' | 'sandbox'>,
  argv: readonly string[],
): readonly string[] {
  const environment = Object.entries(environmentOf(container)).map(([name, value]) => `${name}=${value}`);
  return [...privilegePrefix(container.config.linux?.security_context), 'env', '-i', ...environment, ...argv];
}

/** Path of a container's log, as the kubelet laid it out; absent where it asked for none. */
export const logPathOf = ({ sandbox, config }: Container): string | undefined =>
  sandbox.config.log_directory && config.log_path ? join(sandbox.config.log_directory, config.log_path) : undefined;

/** Pid, in this process's namespace, of the container's first process: 1 in its own. */
export function mainPid({ state }: Container): number | undefined {
  if (state.kind !== 'running') return undefined;
  const { pid } = state.process;
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return children ? Number(children.split(' ')[0]) : undefined;
  } catch {
    return undefined; // it has just ended
  }
}

interface Pipe {
  readonly reader: Readable;
  readonly writer: number;
}

/** Two pipes: unlike the sockets that `spawn` makes, a program can open them again as /dev/stdout and /dev/stderr. */
async function openPipes(folder: string): Promise<readonly [Pipe, Pipe]> {
  const open = (path: string): Pipe => {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writer = openSync(path, constants.O_WRONLY);
    rmSync(path);
    return { reader: new Socket({ fd, readable: true, writable: false }), writer };
  };
  const [stdout, stderr] = [join(folder, 'stdout'), join(folder, 'stderr')];
  await run('mkfifo', [stdout, stderr]);
  return [open(stdout), open(stderr)];
}

/** What the start script said, up to its last word: the outer shell keeps the descriptor open for the container's life. */
async function reportOf(stream: Readable): Promise<string> {
  let said = '';
  for await (const chunk of stream) {
    said += chunk;
    if (said.endsWith('ok\n')) break;
  }
  return said;
}

/** Starts a container's program; returns once it runs, or throws why it does not. */
export async function startContainer(
  container: Container,
  context: { readonly roots: string; readonly host: HostTree; readonly nowNs: () => bigint },
): Promise<void> {
  const { config, image, sandbox, folder, id } = container;
  const startedAtNs = String(context.nowNs());
  const root = join(context.roots, id);
  await mkdir(root, { recursive: true });
  try {
    const { skeleton, fstab } = await planTree({
      folder,
      root,
      host: context.host,
      folders: image.folders,
      mounts: [
        ...['hostname', 'resolv.conf'].map((name) => ({
          container_path: `/etc/${name}`,
          host_path: join(sandbox.folder, name),
          readonly: false,
          propagation: 'PROPAGATION_PRIVATE' as const,
          recursive_read_only: false,
          image: null,
        })),
        ...config.mounts,
      ],
    });
    const argv = [...(config.command.length ? config.command : image.entrypoint), ...config.args];
    // Only mounts that are peers of the node's can carry one back to it.
    const shared = config.mounts.some(({ propagation }) => propagation === 'PROPAGATION_BIDIRECTIONAL');
    const logPath = logPathOf(container);
    if (logPath) await mkdir(dirname(logPath), { recursive: true });
    const log = await openLog(logPath ?? '/dev/null', context.nowNs);
    const [output, errors] = await openPipes(folder);
    const process = spawn(
      'nsenter',
      [
        ...(sandbox.network
          ? ['net', 'uts', 'ipc'].map((name) => `--${name}=/proc/${sandbox.network?.pid}/ns/${name}`)
          : []),
        ...['unshare', '--mount', '--propagation', shared ? 'unchanged' : 'slave', '--pid'],
        ...['sh', '-c', waitScript, 'sh', startScript, root, context.host.skeleton, skeleton, fstab],
        shared ? 'shared' : '',
        config.linux?.security_context?.readonly_rootfs ? 'readonly' : '',
        config.working_dir || '/',
        environmentOf(container).PATH ?? '',
        argv[0] ?? '',
        ...insideArgv(container, argv),
      ],
      { env: toolEnvironment, cwd: '/', stdio: ['ignore', output.writer, errors.writer, 'pipe'] },
    );
    closeSync(output.writer);
    closeSync(errors.writer);
    // From here to the last listener nothing may wait: the program can have ended by then.
    const copied = Promise.all([log.copy('stdout', output.reader), log.copy('stderr', errors.reader)]);
    const exited = new Promise<number>((resolve) => {
      process.once('exit', (code, signal) => resolve(exitCodeOf(code, signal)));
      process.once('error', () => resolve(128));
    });
    const said = await reportOf(process.stdio[3] as Readable);
    if (!said.endsWith('ok\n')) {
      await exited;
      await copied;
      await log.close();
      throw environmentError('start-failed', said.trim() || 'the container ended before its program was started');
    }
    const ended = exited.then(async (exitCode) => {
      await copied;
      await log.close();
      await rm(root, { recursive: true, force: true });
      container.state = {
        kind: 'exited',
        startedAtNs,
        finishedAtNs: String(context.nowNs()),
        exitCode,
        reason: exitCode === 0 ? 'Completed' : 'Error',
        message: '',
      };
    });
    container.state = { kind: 'running', startedAtNs, process, log, ended };
  } catch (error) {
    await rm(root, { recursive: true, force: true });
    container.state = {
      kind: 'exited',
      startedAtNs,
      finishedAtNs: String(context.nowNs()),
      exitCode: 128,
      reason: 'StartError',
      message: messageOf(error),
    };
    throw error;
  }
}

/** Sends the stop signal, then SIGKILL after the grace period; returns once all of the container has ended. */
export async function stopContainer(container: Container, graceMs: number): Promise<void> {
  const { state } = container;
  if (state.kind !== 'running') return;
  const send = (signal: NodeJS.Signals): void => {
    try {
      const pid = mainPid(container);
      if (pid !== undefined) process.kill(pid, signal);
    } catch {
      // it ended in this very moment
    }
  };
  const wanted = container.config.stop_signal?.replace(/^SIGNAL_/, '');
  if (graceMs > 0) send(wanted?.startsWith('SIG') ? (wanted as NodeJS.Signals) : 'SIGTERM');
  const timer = setTimeout(send, Math.max(0, graceMs), 'SIGKILL');
  await state.ended;
  clearTimeout(timer);
}

/** Forgets a container's files; it has ended before. */
export const removeContainer = (container: Container): Promise<void> =>
  rm(container.folder, { recursive: true, force: true });
