import { link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentError } from '../../model/errors.ts';
import type { Program, Source } from '../../model/program.ts';
import type { Brought } from '../bringing.ts';
import { goEnvironment } from '../go-environment.ts';
import { type LeashOptions, runLeashed } from '../leash.ts';
import { buildProgress, isPackage, moduleProgress } from './go-progress.ts';

type GoSource = Extract<Source, { kind: 'go' }>;

export interface GoBuild {
  /** The folder with go.mod and go.sum. */
  readonly moduleFolder: string;
  readonly scratch: string;
  readonly logFile: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly report: (detail: string) => void;
}

/**
 * Builds packages of one Go module in one `go build`, which shares between them what they have in common. Programs of one package
 * are one file under several names.
 */
export async function bringGo(
  wanted: readonly { readonly program: Program; readonly source: GoSource; readonly folder: string }[],
  build: GoBuild,
): Promise<readonly Brought[]> {
  const { scratch, report } = build;
  const packages = [...new Set(wanted.map(({ source }) => source.package))];
  const out = join(scratch, 'bin');
  await mkdir(out);
  await mkdir(join(scratch, 'tmp'));

  const listed = await go(['list', '-deps', ...packages], build, moduleProgress(report));
  const flags = wanted.map(({ program, source }) => {
    const own = source.ldflags?.(program.version) ?? '';
    return `-ldflags=${source.package}=-s -w ${own}`.trimEnd();
  });
  {
    using progress = buildProgress(out, { packages: listed.stdout.length, programs: packages.length }, report);
    await go(['build', '-v', '-trimpath', ...flags, '-o', `${out}/`, ...packages], build, progress.onLine);
  }
  return Promise.all(
    wanted.map(async ({ program, source, folder }) => {
      const executable = join('bin', program.name);
      await mkdir(join(folder, 'bin'));
      await link(join(out, binaryName(source.package)), join(folder, executable));
      return { executable, libraries: [], from: `Go module, ${source.package}` };
    }),
  );
}

/** What `go build` calls the executable of a package: its last element that is no major version. */
export const binaryName = (goPackage: string): string =>
  goPackage.split('/').findLast((element) => !/^v\d+$/.test(element)) ?? goPackage;

async function go(args: readonly string[], build: GoBuild, onLine: (line: string) => void) {
  const options: LeashOptions = {
    cwd: build.moduleFolder,
    env: goEnvironment(build.env, join(build.scratch, 'tmp')),
    signal: build.signal,
    logFile: build.logFile,
    onLine,
  };
  const end = await runLeashed(['go', ...args], options);
  if (end.kind === 'missing') {
    throw environmentError('no-go', 'there is no go on PATH', {
      next: 'Install Go 1.26 or later, https://go.dev/doc/install.',
    });
  }
  if (end.code === 0) return end;
  const said = end.output.filter((line) => !line.startsWith('go: downloading ') && !isPackage(line));
  throw environmentError('build-failed', `go ${args[0]} failed:\n${said.slice(-12).join('\n')}`, {
    log: build.logFile,
  });
}
