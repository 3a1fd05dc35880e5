import { access, constants, realpath } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import type { Installed, Program, Source } from '../model/program.ts';
import { readEntry } from './entry.ts';
import { isBringing, sourceKey, sourceLabel } from './source-key.ts';
import { compareVersions } from './version.ts';
import { probeVersion } from './version-probe.ts';

/** Where to look. */
export interface Places {
  readonly root: string;
  readonly modulesFolder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What a look around found, and what it passed over, with the reason. */
export interface Look {
  readonly installed: Installed | undefined;
  readonly passedOver: readonly PassedOver[];
}

export interface PassedOver {
  readonly source: string;
  readonly reason: string;
}

/** Looks for a program in its sources' order, bringing nothing. */
export async function lookFor(program: Program, places: Places): Promise<Look> {
  const passedOver: PassedOver[] = [];
  for (const source of program.sources) {
    const found = await lookIn(program, source, places);
    if (typeof found !== 'string') return { installed: found, passedOver };
    if (found !== '') passedOver.push({ source: sourceLabel(program, source), reason: found });
  }
  return { installed: undefined, passedOver };
}

/** The program, or why this source has none to show; nothing to say of what was never brought. */
async function lookIn(program: Program, source: Source, places: Places): Promise<Installed | string> {
  if (isBringing(source)) {
    const look = await readEntry(
      join(places.root, program.name, await sourceKey(program, source, places.modulesFolder)),
    );
    if (look.kind === 'present') return look.installed;
    return look.kind === 'absent' ? '' : `what it brought is damaged: ${look.reason}`;
  }
  if (source.kind === 'self') return accept(program, source, process.execPath);
  const reasons: string[] = [];
  for (const path of await executables(program, source, places.env)) {
    const found = await accept(program, source, path);
    if (typeof found !== 'string') return found;
    reasons.push(found);
  }
  return reasons.join('; ') || 'not found';
}

async function accept(program: Program, source: Source, path: string): Promise<Installed | string> {
  const probe = await probeVersion(path, program.probe);
  if (probe.kind === 'unknown') return `${path} does not say its version: ${probe.reason}`;
  const { version } = probe;
  if (compareVersions(version, program.version) < 0) return `${path} is ${version}, older than ${program.version}`;
  const below = source.kind === 'path' ? source.below : undefined;
  if (below !== undefined && compareVersions(version, below) >= 0) {
    return `${path} is ${version}, and ${below} or newer does not fit`;
  }
  return { name: program.name, version, path, env: {}, from: source.kind === 'self' ? 'this Node.js' : 'PATH' };
}

/** System folders that an ordinary user's PATH leaves out are looked into as well: nft lives there. */
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

async function executables(
  program: Program,
  source: Extract<Source, { kind: 'path' }>,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const named = source.folderVariable === undefined ? undefined : env[source.folderVariable];
  const folders = [...(named ? [named] : []), ...(env.PATH ?? '').split(delimiter), ...systemFolders];
  const found = new Map<string, string>();
  for (const folder of folders.filter((folder) => folder !== '')) {
    for (const name of source.names ?? [program.name]) {
      const path = resolve(folder, name);
      const usable = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      const file = usable ? await realpath(path) : undefined;
      if (file !== undefined && !found.has(file)) found.set(file, path);
    }
  }
  return [...found.values()];
}
