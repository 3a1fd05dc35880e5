import { lstat, mkdir, readFile, readlink, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { environmentError } from '../../../src/model/errors.ts';
import { devicePaths, type HostTree } from './host-tree.ts';
import type { Mount } from './messages.ts';

/** One line of a container's fstab. */
interface Entry {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: readonly string[];
}

export interface TreePlan {
  /** A folder of the container's own; the skeleton and the fstab go there. */
  readonly folder: string;
  /** Where the tree is mounted while it is built. */
  readonly root: string;
  readonly host: HostTree;
  /** Host folders bound read-only at their own paths. */
  readonly folders: readonly string[];
  readonly mounts: readonly Mount[];
}

const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`);
const depth = (path: string): number => path.split('/').filter(Boolean).length;
const kind = (path: string): Promise<'folder' | 'file' | undefined> =>
  stat(path).then(
    (found) => (found.isDirectory() ? 'folder' : 'file'),
    () => undefined,
  );

async function make(path: string, what: 'folder' | 'file'): Promise<void> {
  if ((await kind(path)) !== undefined) return;
  await mkdir(what === 'folder' ? path : dirname(path), { recursive: true });
  if (what === 'file') await writeFile(path, '');
}

/** Where a path leads once the symbolic links of the skeleton are followed, without leaving it. */
async function resolveIn(skeleton: string, path: string): Promise<string> {
  let resolved = '/';
  for (const part of path.split('/').filter(Boolean)) {
    const next = join(resolved, part);
    const link = (await lstat(join(skeleton, next)).catch(() => undefined))?.isSymbolicLink();
    resolved = link ? join(resolved, await readlink(join(skeleton, next))) : next;
  }
  return resolved;
}

/** Options a mount of `path` must keep when it is made read-only: the kernel refuses to drop what its owner locked. */
function keptOptions(path: string, mountinfo: string): readonly string[] {
  let best = { point: '', options: '' };
  for (const line of mountinfo.split('\n')) {
    const fields = line.split(' ');
    const point = (fields[4] ?? '').replace(/\\(\d{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8)));
    if (point && isBelow(path, point) && point.length >= best.point.length) best = { point, options: fields[5] ?? '' };
  }
  return best.options.split(',').filter((option) => /^(nosuid|nodev|noexec|noatime|nodiratime|relatime)$/.test(option));
}

const propagation = {
  PROPAGATION_PRIVATE: 'rprivate',
  PROPAGATION_HOST_TO_CONTAINER: 'rslave',
  PROPAGATION_BIDIRECTIONAL: 'rshared',
} as const;

const octal = (path: string): string =>
  path.replace(/[\s\\#]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);

/** Prepares a container's tree: returns the mount points to lay over the host's skeleton, and the fstab to mount over both. */
export async function planTree(plan: TreePlan): Promise<{ readonly skeleton: string; readonly fstab: string }> {
  const skeleton = join(plan.folder, 'skeleton');
  await mkdir(skeleton, { recursive: true });
  const mountinfo = await readFile('/proc/self/mountinfo', 'utf8');

  const bound: string[] = [];
  for (const folder of [...plan.host.folders, ...plan.folders].sort((a, b) => depth(a) - depth(b)))
    if (!bound.some((other) => isBelow(folder, other))) bound.push(folder);

  const volumes: { readonly mount: Mount; readonly target: string; readonly what: 'folder' | 'file' }[] = [];
  for (const mount of plan.mounts) {
    if (!mount.host_path)
      throw environmentError('unsupported', `${mount.container_path}: image volumes are not supported`);
    if ((await kind(mount.host_path)) === undefined) await mkdir(mount.host_path, { recursive: true });
    const target = await resolveIn(plan.host.skeleton, mount.container_path);
    volumes.push({ mount, target, what: (await kind(mount.host_path)) ?? 'folder' });
  }
  volumes.sort((a, b) => depth(a.target) - depth(b.target));

  // Every mount point has to exist. Below a volume it is made in the volume; anywhere else in the skeleton,
  // and where that is a folder of the host, the skeleton's part is laid over the host's.
  const overlaid = new Set<string>();
  for (const [index, { target, what }] of volumes.entries()) {
    const cover = volumes.slice(0, index).findLast((other) => other.target !== target && isBelow(target, other.target));
    if (cover) {
      await make(join(cover.mount.host_path, target.slice(cover.target.length)), what).catch(() => {});
      continue;
    }
    const folder = bound.find((candidate) => isBelow(target, candidate));
    if (folder && (await kind(target)) !== undefined) continue;
    if (folder) overlaid.add(folder);
    await make(join(skeleton, target), what);
  }
  for (const folder of plan.folders) await make(join(skeleton, folder), 'folder');

  const readOnly = (source: string): readonly string[] => ['ro', ...keptOptions(source, mountinfo)];
  const entries: Entry[] = [
    ...bound.map((folder) =>
      overlaid.has(folder)
        ? {
            source: 'overlay',
            target: folder,
            type: 'overlay',
            options: [`lowerdir=${join(skeleton, folder)}:${folder}`],
          }
        : { source: folder, target: folder, type: 'none', options: ['rbind', 'rprivate', ...readOnly(folder)] },
    ),
    { source: 'proc', target: '/proc', type: 'proc', options: ['nosuid', 'nodev', 'noexec'] },
    ...devicePaths.map((path) => ({ source: path, target: path, type: 'none', options: ['bind'] })),
    ...volumes.map(({ mount, target }) => ({
      source: mount.host_path,
      target,
      type: 'none',
      options: ['rbind', propagation[mount.propagation], ...(mount.readonly ? readOnly(mount.host_path) : [])],
    })),
  ];
  const fstab = join(plan.folder, 'fstab');
  const lines = entries.map(
    ({ source, target, type, options }) =>
      `${octal(source)} ${octal(join(plan.root, target))} ${type} ${options.map(octal).join(',')} 0 0\n`,
  );
  await writeFile(fstab, lines.join(''));
  return { skeleton, fstab };
}
