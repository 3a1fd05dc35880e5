import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Program, Source } from '../model/program.ts';

/** A source that brings a program into the cache, rather than finding it on the machine. */
export type BringingSource = Exclude<Source, { kind: 'self' | 'path' }>;

export const isBringing = (source: Source): source is BringingSource =>
  source.kind !== 'self' && source.kind !== 'path';

/**
 * Names one version from one source: `1.37.2-0a1b2c3d4e5f`. Whatever decides what the program will be goes into it, a
 * module's own files included, so that an edited entry never finds what the old one left.
 */
export async function sourceKey(program: Program, source: BringingSource, modulesFolder: string): Promise<string> {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  hash.update(
    JSON.stringify(source, (_key, value) => (typeof value === 'function' ? value(program.version, '*') : value)),
  );
  if (source.kind === 'go') {
    const folder = join(modulesFolder, source.module);
    for (const file of (await readdir(folder, { recursive: true })).sort()) {
      if (/\.go$|^go\.(?:mod|sum)$/.test(file)) hash.update(`\n${file}\n`).update(await readFile(join(folder, file)));
    }
  }
  return `${program.version}-${hash.digest('hex').slice(0, 12)}`;
}

/** What to call a source when speaking to a person. */
export function sourceLabel(program: Program, source: Source): string {
  switch (source.kind) {
    case 'self':
      return 'this Node.js';
    case 'path':
      return source.folderVariable === undefined ? 'PATH' : `${source.folderVariable} or PATH`;
    case 'download':
      return `download of ${source.url(program.version, goArch())}`;
    case 'wheel':
      return `PyPI wheel ${source.package} ${source.version}`;
    case 'deb':
      return `Debian package ${source.packages.join(', ')}`;
    case 'go':
      return `Go module, ${source.package}`;
  }
}

/** This machine's architecture as Go and official downloads spell it. */
export const goArch = (): string => ({ x64: 'amd64', ia32: '386' })[process.arch as string] ?? process.arch;
