import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { environmentError } from '../../model/errors.ts';
import type { Source } from '../../model/program.ts';
import type { Bringing, Brought } from '../bringing.ts';
import { runLeashed } from '../leash.ts';

type Deb = Extract<Source, { kind: 'deb' }>;

/** Fetches Debian packages and those they depend on and the machine lacks, and unpacks them. Nothing is installed. */
export async function bringDeb(source: Deb, bringing: Bringing): Promise<Brought> {
  const { folder, scratch, report } = bringing;
  const run = commandsOf(source, bringing);
  report(`what ${source.packages.join(', ')} depends on`);
  let options: readonly string[] = [];
  let closure = await dependencies(source.packages, options, run);
  if (closure.length === 0) {
    report('this machine has no package lists: fetching them');
    options = await ownLists(scratch);
    const update = await run(['apt-get', ...options, 'update']);
    if (update.code !== 0) throw environmentError('apt-failed', `apt-get update: ${lastError(update.output)}`);
    closure = await dependencies(source.packages, options, run);
  }
  if (closure.length === 0) throw environmentError('apt-failed', `apt knows no package ${source.packages.join(', ')}`);

  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const installed = await run(['dpkg-query', '--show', '--showformat', '${db:Status-Status} ${Package}\\n']);
  const present = new Set(
    installed.stdout.filter((line) => line.startsWith('installed ')).map((line) => line.slice(10)),
  );
  const wanted = closure.filter((name) => source.packages.includes(name) || !present.has(name));
  report(`fetching ${wanted.length} packages`);
  const fetched = await run(['apt-get', ...options, 'download', ...wanted]);
  if (fetched.code !== 0) throw environmentError('apt-failed', `apt-get download: ${lastError(fetched.output)}`);
  for (const file of (await readdir(scratch)).filter((file) => file.endsWith('.deb'))) {
    const unpacked = await run(['dpkg-deb', '--extract', file, folder]);
    if (unpacked.code !== 0) throw environmentError('unpack-failed', `${file}: ${lastError(unpacked.output)}`);
  }
  const from = `Debian packages ${wanted.join(', ')}`;
  return { executable: source.member, libraries: await libraryFolders(folder), from };
}

type Run = (argv: readonly string[]) => Promise<{ code: number; stdout: readonly string[]; output: readonly string[] }>;

const commandsOf =
  (source: Deb, { scratch, env, signal }: Bringing): Run =>
  async (argv) => {
    const end = await runLeashed(argv, { cwd: scratch, env: { ...env, LC_ALL: 'C' }, signal });
    if (end.kind === 'ended') return end;
    throw environmentError('no-apt', `there is no ${argv[0]} on this machine`, {
      next: `Install ${source.packages.join(', ')} with the system's own package manager.`,
    });
  };

/** The packages and all they depend on, real ones only; empty where apt does not know them. */
async function dependencies(packages: readonly string[], options: readonly string[], run: Run) {
  const without = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map(
    (kind) => `--no-${kind}`,
  );
  const end = await run(['apt-cache', ...options, 'depends', '--recurse', ...without, ...packages]);
  const names = end.stdout.filter((line) => /^[a-z0-9]/.test(line)).map((line) => line.replace(/:.*$/, ''));
  return packages.every((name) => names.includes(name)) ? [...new Set(names)] : [];
}

/** Options that make apt keep its lists in a folder of ours, so that an ordinary user may update them. */
async function ownLists(scratch: string): Promise<readonly string[]> {
  await mkdir(join(scratch, 'apt/state/lists/partial'), { recursive: true });
  await mkdir(join(scratch, 'apt/cache/archives/partial'), { recursive: true });
  const settings = { 'Dir::State': 'apt/state', 'Dir::Cache': 'apt/cache', 'Debug::NoLocking': 'true' };
  return Object.entries(settings).flatMap(([key, value]) => [
    '-o',
    `${key}=${value.startsWith('apt') ? join(scratch, value) : value}`,
  ]);
}

const lastError = (output: readonly string[]): string =>
  output.findLast((line) => line.startsWith('E:')) ?? output.at(-1) ?? 'it said nothing';

/** Every folder that holds a shared library, relative to the tree. */
async function libraryFolders(tree: string): Promise<readonly string[]> {
  const files = await readdir(tree, { recursive: true, withFileTypes: true });
  const libraries = files.filter((file) => /\.so(?:\.|$)/.test(file.name));
  return [...new Set(libraries.map((file) => relative(tree, dirname(join(file.parentPath, file.name)))))].sort();
}
