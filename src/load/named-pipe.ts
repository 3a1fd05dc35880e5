import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

/** What a program is handed as a file descriptor and opens anew by its name `/dev/fd/<n>`: no name in any folder leads to it. */
export interface NamedFd extends Disposable {
  readonly fd: number;
}

/** A file with this content, gone from its folder before any program starts: nothing is left of it, however we end. */
export async function unlinkedFile(content: string | Uint8Array): Promise<NamedFd> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-load-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, content);
    return held(openSync(path, 'r'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * A pipe whose writing end a program can open by a name, as it could not open Node's own, which are sockets. The reader sees its end
 * once the program has closed it and this has been disposed.
 */
export async function namedPipe(): Promise<NamedFd & { readonly reader: Readable }> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-load-'));
  try {
    const path = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [path]);
    const reader = new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), writable: false });
    return { ...held(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)), reader };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const held = (fd: number): NamedFd => ({ fd, [Symbol.dispose]: () => closeSync(fd) });
