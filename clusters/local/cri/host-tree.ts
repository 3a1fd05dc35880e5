import { chmod, cp, lstat, mkdir, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** What every container's tree begins as: a folder to copy, and host folders to bind read-only on top of it. */
export interface HostTree {
  readonly skeleton: string;
  readonly folders: readonly string[];
}

const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty'];
export const devicePaths = devices.map((name) => `/dev/${name}`);

// Of the host's /etc, only what its programs and libraries cannot work without; accounts and name lookup are our own.
const etcFolders = ['/etc/ssl', '/etc/pki', '/etc/ca-certificates', '/etc/alternatives'];
const etcFiles = ['ld.so.cache', 'ld.so.conf', 'localtime', 'protocols', 'services', 'mime.types'];

const files: Readonly<Record<string, string>> = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n',
  'etc/group': 'root:x:0:\nnogroup:x:65534:\n',
  'etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
  'etc/hosts': '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n',
  'etc/hostname': '',
  'etc/resolv.conf': '',
};
const links: Readonly<Record<string, string>> = {
  'var/run': '../run',
  'etc/mtab': '../proc/mounts',
  'dev/fd': '/proc/self/fd',
  'dev/stdin': '/proc/self/fd/0',
  'dev/stdout': '/proc/self/fd/1',
  'dev/stderr': '/proc/self/fd/2',
};
const folders = [
  '.old',
  'dev/shm',
  'etc',
  'home',
  'mnt',
  'opt',
  'proc',
  'root',
  'run',
  'srv',
  'sys',
  'var/lib',
  'var/log',
];

const isFolder = async (path: string): Promise<boolean> =>
  (await lstat(path).catch(() => undefined))?.isDirectory() ?? false;

/** Writes the skeleton into `skeleton`: the tree of a machine without programs. */
export async function makeHostTree(skeleton: string): Promise<HostTree> {
  for (const folder of folders) await mkdir(join(skeleton, folder), { recursive: true });
  for (const folder of ['tmp', 'var/tmp']) {
    await mkdir(join(skeleton, folder), { recursive: true });
    await chmod(join(skeleton, folder), 0o1777);
  }
  for (const [path, content] of Object.entries(files)) await writeFile(join(skeleton, path), content);
  for (const [path, target] of Object.entries(links)) await symlink(target, join(skeleton, path));
  for (const path of devicePaths) await writeFile(join(skeleton, path), '');
  for (const name of etcFiles)
    await cp(join('/etc', name), join(skeleton, 'etc', name), { dereference: true }).catch(() => {});
  const bound = ['/usr', '/sys'];
  for (const name of await readdir('/')) {
    if (!/^(bin|sbin|lib\w*)$/.test(name)) continue;
    const path = join('/', name);
    if (await isFolder(path)) bound.push(path);
    else await symlink(relative('/', join('/', await readlink(path))), join(skeleton, name));
  }
  for (const path of etcFolders) if (await isFolder(path)) bound.push(path);
  for (const path of bound) await mkdir(join(skeleton, path), { recursive: true });
  return { skeleton, folders: bound };
}
