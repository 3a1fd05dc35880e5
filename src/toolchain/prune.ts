import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Program } from '../model/program.ts';
import { packageRoot } from '../paths.ts';
import { cacheLayout, defaultCacheFolder } from './cache-folder.ts';
import { readPrograms } from './catalogue.ts';
import { readEntry } from './entry.ts';
import { folderBytes, type InspectOptions } from './inspect.ts';
import { takeLock } from './lock.ts';
import { isBringing, sourceKey } from './source-key.ts';

export interface PruneOptions extends InspectOptions {
  readonly signal: AbortSignal;
  readonly onWait: (holder: string) => void;
}

export interface Pruned {
  /** `<program>/<version>-<key>` of each folder removed. */
  readonly removed: readonly string[];
  readonly freedBytes: number;
}

/** Removes versions that no entry of the catalogue names any more, damaged ones, and what broken builds left. */
export async function pruneToolchain(options: PruneOptions): Promise<Pruned> {
  const layout = cacheLayout(options.cacheFolder ?? defaultCacheFolder(options.env));
  const modulesFolder = options.modulesFolder ?? join(packageRoot, 'toolchain');
  const kept = await keptFolders(options.catalogue ?? (await readPrograms()), modulesFolder);
  await using _lock = await takeLock(layout.lock, 'doctor --prune', options.signal, options.onWait);
  let freedBytes = await folderBytes(layout.work);
  await rm(layout.work, { recursive: true, force: true });
  await mkdir(layout.work);
  const removed: string[] = [];
  for (const name of await programFolders(layout.root)) {
    const versions = await readdir(join(layout.root, name));
    for (const version of versions) {
      const folder = join(layout.root, name, version);
      if (kept.has(`${name}/${version}`) && (await readEntry(folder)).kind === 'present') continue;
      freedBytes += await folderBytes(folder);
      removed.push(`${name}/${version}`);
      const aside = join(layout.work, `${name}-${version}`); // in one step: a run beside us sees all of it or nothing
      await rename(folder, aside);
      await rm(aside, { recursive: true, force: true });
    }
    if ((await readdir(join(layout.root, name))).length === 0) await rm(join(layout.root, name), { recursive: true });
  }
  await rm(layout.work, { recursive: true, force: true });
  return { removed, freedBytes };
}

async function keptFolders(programs: readonly Program[], modulesFolder: string): Promise<ReadonlySet<string>> {
  const folders = programs.flatMap((program) =>
    program.sources
      .filter(isBringing)
      .map(async (source) => `${program.name}/${await sourceKey(program, source, modulesFolder)}`),
  );
  return new Set(await Promise.all(folders));
}

const programFolders = async (root: string): Promise<readonly string[]> =>
  (await readdir(root, { withFileTypes: true }))
    .filter((file) => file.isDirectory() && !file.name.startsWith('.'))
    .map((file) => file.name);
