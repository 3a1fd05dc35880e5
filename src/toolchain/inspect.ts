import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Program } from '../model/program.ts';
import { packageRoot } from '../paths.ts';
import { cacheLayout, defaultCacheFolder } from './cache-folder.ts';
import { readPrograms } from './catalogue.ts';
import { lookFor, type PassedOver } from './look.ts';
import { isBringing, sourceLabel } from './source-key.ts';

/** What is known of one program on this machine, for a person to read. */
export interface ProgramReport {
  readonly name: string;
  readonly summary: string;
  /** The version its entry asks for. */
  readonly wanted: string;
  readonly state: FoundProgram | { readonly kind: 'missing'; readonly next: string };
  /** What was there but would not do. */
  readonly passedOver: readonly PassedOver[];
}

interface FoundProgram {
  readonly kind: 'found';
  readonly version: string;
  readonly from: string;
  readonly path: string;
  readonly sizeBytes: number;
}

export interface ToolchainReport {
  readonly cacheFolder: string;
  readonly cacheBytes: number;
  readonly programs: readonly ProgramReport[];
}

export interface InspectOptions {
  readonly cacheFolder?: string;
  readonly catalogue?: readonly Program[];
  readonly modulesFolder?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Looks at every program of the catalogue and at the cache, bringing and changing nothing. */
export async function inspectToolchain(options: InspectOptions = {}): Promise<ToolchainReport> {
  const { env = process.env } = options;
  const { root } = cacheLayout(options.cacheFolder ?? defaultCacheFolder(env));
  const places = { root, modulesFolder: options.modulesFolder ?? join(packageRoot, 'toolchain'), env };
  const programs = options.catalogue ?? (await readPrograms());
  return {
    cacheFolder: root,
    cacheBytes: await folderBytes(root),
    programs: await Promise.all(
      programs.map(async (program) => {
        const { installed, passedOver } = await lookFor(program, places);
        const { name, summary, version: wanted } = program;
        const next = program.sources.some(isBringing)
          ? `ingress-assay doctor --install ${name}`
          : `put ${name} there: ${program.sources.map((source) => sourceLabel(program, source)).join(', ')}`;
        if (installed === undefined) return { name, summary, wanted, state: { kind: 'missing', next }, passedOver };
        const { version, from, path } = installed;
        const { size: sizeBytes } = await stat(path);
        return { name, summary, wanted, state: { kind: 'found', version, from, path, sizeBytes }, passedOver };
      }),
    ),
  };
}

/** Bytes of all files below a folder; 0 where it is not there. */
export async function folderBytes(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async (file) => (await stat(join(file.parentPath, file.name)).catch(() => undefined))?.size ?? 0),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
