import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentError, messageOf } from '../model/errors.ts';
import type { Installed, Program, Toolchain } from '../model/program.ts';
import type { Progress } from '../model/progress.ts';
import { packageRoot } from '../paths.ts';
import { bring } from './bring.ts';
import { cacheLayout, defaultCacheFolder } from './cache-folder.ts';
import { programNamed, readPrograms } from './catalogue.ts';
import { takeLock } from './lock.ts';
import { type Look, lookFor } from './look.ts';

export interface ToolchainOptions {
  readonly progress: Progress;
  /** Ends whatever is being fetched or built, with everything it started. */
  readonly signal: AbortSignal;
  /** Default: `ingress-assay` in the XDG cache folder. */
  readonly cacheFolder?: string;
  /** Default: every entry of `toolchain/`. */
  readonly catalogue?: readonly Program[];
  /** Where the Go module folders lie. Default: `toolchain/` of this package. */
  readonly modulesFolder?: string;
  /** Default: this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The programs of this machine, found where they are or brought into the user's cache. */
export function createToolchain(options: ToolchainOptions): Toolchain {
  const { progress, signal, env = process.env } = options;
  const layout = cacheLayout(options.cacheFolder ?? defaultCacheFolder(env));
  const modulesFolder = options.modulesFolder ?? join(packageRoot, 'toolchain');
  const catalogue = async () => options.catalogue ?? (await readPrograms());
  const look = (program: Program) => lookFor(program, { root: layout.root, modulesFolder, env });

  return {
    async find(name) {
      return (await look(programNamed(await catalogue(), name))).installed;
    },

    async ensure(names) {
      const programs = await catalogue();
      const wanted = [...new Set(names)].map((name) => programNamed(programs, name));
      const found = await lookForAll(wanted, look);
      if (missingOf(found).length === 0) return installedOf(found);

      await makeFolder(layout.root);
      await using _lock = await progress.step('toolchain: one build at a time', (report) => {
        const purpose = missingOf(found).join(', ');
        return takeLock(layout.lock, purpose, signal, (holder) => report(`waiting for ${holder}`));
      });
      // another process may have brought it while this one waited
      const stillMissing = await lookForAll(
        wanted.filter(({ name }) => missingOf(found).includes(name)),
        look,
      );
      const missing = [...stillMissing].filter(([, { installed }]) => installed === undefined);
      await bring(
        missing.map(([program, { passedOver }]) => ({
          program,
          attempts: passedOver.map(({ source, reason }) => ({ source, error: new Error(reason) })),
        })),
        { layout, modulesFolder, env, progress, signal },
      );
      return installedOf(new Map([...found, ...(await lookForAll([...stillMissing.keys()], look))]));
    },
  };
}

type Looks = ReadonlyMap<Program, Look>;

const lookForAll = async (programs: readonly Program[], look: (program: Program) => Promise<Look>): Promise<Looks> =>
  new Map(await Promise.all(programs.map(async (program) => [program, await look(program)] as const)));

const missingOf = (looks: Looks): readonly string[] =>
  [...looks].flatMap(([{ name }, { installed }]) => (installed === undefined ? [name] : []));

const installedOf = (looks: Looks): ReadonlyMap<string, Installed> =>
  new Map([...looks].flatMap(([{ name }, { installed }]) => (installed === undefined ? [] : [[name, installed]])));

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw environmentError('cache-unwritable', `cannot make the cache folder ${folder}: ${messageOf(error)}`, {
      next: 'Let XDG_CACHE_HOME name a folder that you may write to.',
      cause: error,
    });
  });
}
