import { join } from 'node:path';
import type { Installed, Program, Toolchain } from '../model/program.ts';
import type { Progress } from '../model/progress.ts';
import { packageRoot } from '../paths.ts';
import { briefly } from './briefly.ts';
import { bring } from './bring.ts';
import { cacheLayout, defaultCacheFolder } from './cache-folder.ts';
import { programNamed, readPrograms } from './catalogue.ts';
import { takeLock } from './lock.ts';
import { type Look, lookFor, type PassedOver } from './look.ts';
import { isBringing } from './source-key.ts';
import { type Attempt, unobtainable } from './unobtainable.ts';

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

    async ensure(asked) {
      const programs = await catalogue();
      const wanted = [...new Set(asked)].map((name) => programNamed(programs, name));
      const found = await lookForAll(wanted, look);
      if (missingOf(found).length === 0) return installedOf(found);
      // Nothing to wait for: nobody can bring them.
      const nowhere = [...found].filter(
        ([{ sources }, look]) => look.installed === undefined && !sources.some(isBringing),
      );
      if (nowhere.length > 0) {
        throw unobtainable(nowhere.map(([program, look]) => ({ program, attempts: look.passedOver.map(asAttempt) })));
      }

      const names = missingOf(found);
      await progress.step(`toolchain: ${briefly(names)}`, async (report) => {
        await using _lock = await takeLock(layout.lock, names.join(', '), signal, (holder) =>
          report(`waiting for ${holder}`),
        );
        // another process may have brought it while this one waited
        const looks = await lookForAll(
          wanted.filter(({ name }) => names.includes(name)),
          look,
        );
        const missing = [...looks].flatMap(([program, { installed, passedOver }]) =>
          installed === undefined ? [{ program, attempts: passedOver.map(asAttempt) }] : [],
        );
        const { note } = progress;
        await bring(missing, { layout, modulesFolder, env, signal, report, note, unreachable: new Map() });
      });
      return installedOf(await lookForAll(wanted, look));
    },
  };
}

const asAttempt = ({ source, reason }: PassedOver): Attempt => ({ source, error: new Error(reason) });

type Looks = ReadonlyMap<Program, Look>;

const lookForAll = async (programs: readonly Program[], look: (program: Program) => Promise<Look>): Promise<Looks> =>
  new Map(await Promise.all(programs.map(async (program) => [program, await look(program)] as const)));

const missingOf = (looks: Looks): readonly string[] =>
  [...looks].flatMap(([{ name }, { installed }]) => (installed === undefined ? [name] : []));

const installedOf = (looks: Looks): ReadonlyMap<string, Installed> =>
  new Map([...looks].flatMap(([{ name }, { installed }]) => (installed === undefined ? [] : [[name, installed]])));
