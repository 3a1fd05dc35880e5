import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { environmentError, messageOf } from '../model/errors.ts';

const busy = 75;

/**
 * Takes the lock on a file, waiting as long as another process has it; `onWait` is told now and then who that is.
 *
 * It is the kernel's lock (flock), since nothing else is released by `kill -9` and holds between PID namespaces: a
 * process id in a file means nothing in another one. Node.js has no flock, so flock(1) holds it for us, for as long as
 * the pipe from us to it is open.
 */
export async function takeLock(
  file: string,
  purpose: string,
  signal: AbortSignal,
  onWait: (holder: string) => void,
): Promise<AsyncDisposable> {
  await makeFolder(dirname(file));
  while (true) {
    signal.throwIfAborted();
    const lock = await tryLock(file, signal);
    if (lock !== undefined) {
      await writeFile(file, `process ${process.pid}: ${purpose}\n`).catch(() => {}); // only for those who wait
      return lock;
    }
    onWait((await readFile(file, 'utf8').catch(() => '')).trim() || 'another process');
  }
}

/** One try of at most a second; in short ones, so that a waiter that is killed leaves nothing waiting in its place. */
function tryLock(file: string, signal: AbortSignal): Promise<AsyncDisposable | undefined> {
  const child = spawn(
    'flock',
    ['--wait', '1', '--conflict-exit-code', String(busy), file, 'sh', '-c', 'echo held; read -r _'],
    { stdio: ['pipe', 'pipe', 'pipe'], detached: true }, // out of reach of a terminal's Ctrl-C
  );
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop);
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  child.stdin.on('error', () => {});
  return new Promise<AsyncDisposable | undefined>((resolve, reject) => {
    child.stdout.once('data', () => {
      resolve({
        async [Symbol.asyncDispose]() {
          child.stdin.end();
          await closed;
        },
      });
    });
    child.on('error', (error) => reject(unlockable(file, error.message, error)));
    child.on('close', (code) => {
      if (signal.aborted) reject(signal.reason);
      else if (code === busy) resolve(undefined);
      else reject(unlockable(file, complaint.trim() || `flock ended with ${code}`));
    });
  }).finally(() => signal.removeEventListener('abort', stop));
}

const unlockable = (file: string, reason: string, cause?: unknown) =>
  environmentError('toolchain-lock', `cannot lock ${file}: ${reason}`, {
    next: 'The command flock (package util-linux) must be there, and the folder writable; for the cache, XDG_CACHE_HOME names another.',
    cause,
  });

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw environmentError('cache-unwritable', `cannot make the cache folder ${folder}: ${messageOf(error)}`, {
      next: 'Let XDG_CACHE_HOME name a folder that you may write to.',
      cause: error,
    });
  });
}
