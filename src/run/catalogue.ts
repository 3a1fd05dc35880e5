import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Area, Check } from '../kit/check.ts';
import type { ClusterProvider } from '../model/cluster.ts';
import type { Controller } from '../model/controller.ts';
import { environmentError, messageOf } from '../model/errors.ts';
import type { Engine } from '../model/load.ts';
import type { Reporter } from '../model/reporter.ts';
import type { Scenario } from '../model/scenario.ts';
import { packageRoot } from '../paths.ts';

/** One member of a catalogue folder: what its file exports by default. */
export interface Member<T> {
  /** As its path says: the file's name without extension. */
  readonly name: string;
  /** In the source tree, for messages. */
  readonly file: string;
  readonly value: T;
}

const compiled = join(packageRoot, 'dist');

const broken = (file: string, what: string, cause?: unknown) =>
  environmentError('catalogue', `${file}: ${what}`, { next: 'npm run build', cause });

async function readMember<T>(name: string, path: string): Promise<Member<T>> {
  const file = `${path}.ts`;
  const module = await import(pathToFileURL(join(compiled, `${path}.js`)).href).catch((error: unknown) => {
    throw broken(file, `cannot be loaded: ${messageOf(error)}`, error);
  });
  if (typeof module.default !== 'object' || module.default === null) throw broken(file, 'has no default export');
  return { name, file, value: module.default as T };
}

const sourcesAreHere = existsSync(join(packageRoot, 'src'));

/** Whether a compiled file still has its source: the compiler leaves behind what was renamed. A published package has no sources. */
const isCurrent = (path: string): boolean => !sourcesAreHere || existsSync(join(packageRoot, `${path}.ts`));

/** All members of a folder in order of name: each `<name>.ts`, and each folder `<name>/` that holds an `index.ts`. */
async function readFolder<T>(folder: string): Promise<readonly Member<T>[]> {
  const entries = await readdir(join(compiled, folder), { withFileTypes: true }).catch(() => []);
  const members = entries.flatMap((entry) => {
    if (entry.isFile() && entry.name.endsWith('.js')) {
      const name = entry.name.slice(0, -'.js'.length);
      return [{ name, path: `${folder}/${name}` }];
    }
    const index = `${folder}/${entry.name}/index`;
    return existsSync(join(compiled, `${index}.js`)) ? [{ name: entry.name, path: index }] : [];
  });
  const current = members.filter(({ path }) => isCurrent(path));
  current.sort((a, b) => (a.name < b.name ? -1 : 1));
  return Promise.all(current.map(({ name, path }) => readMember<T>(name, path)));
}

/** A folder whose members carry their file's name as `name`. */
async function readNamed<T extends { readonly name: string }>(folder: string): Promise<readonly T[]> {
  const members = await readFolder<T>(folder);
  for (const { file, name, value } of members) {
    if (value.name !== name) throw broken(file, `is named "${value.name}"; its file says "${name}"`);
  }
  return members.map(({ value }) => value);
}

/** The controllers of `controllers/`. */
export const readControllers = () => readNamed<Controller>('controllers');
/** The cluster providers of `clusters/`. */
export const readClusterProviders = () => readNamed<ClusterProvider>('clusters');
/** The report formats of `reporters/`. */
export const readReporters = () => readNamed<Reporter>('reporters');
/** The load engines of `load/`. */
export const readEngines = () => readNamed<Engine>('load');

/** An area of `suites/` with its checks in order of id. */
export interface Suite {
  readonly area: Area;
  readonly checks: readonly Check[];
}

async function readSuite(name: string): Promise<Suite> {
  const members = await readFolder<Area | Check>(`suites/${name}`);
  const area = members.find((member) => member.name === 'area');
  if (area === undefined) throw broken(`suites/${name}/area.ts`, 'is missing');
  const checks = members.filter((member) => member !== area) as readonly Member<Check>[];
  for (const check of checks) assertPlaced(check, name, area.value as Area);
  return { area: area.value as Area, checks: checks.map(({ value }) => value) };
}

function assertPlaced({ file, name, value }: Member<Check>, areaName: string, area: Area): void {
  if (value.id !== `${areaName}/${name}`) {
    throw broken(file, `has the id "${value.id}"; its path says "${areaName}/${name}"`);
  }
  const steps = area.story?.map((step) => step.name) ?? [];
  if (area.story === undefined ? value.after !== undefined : !steps.includes(value.after ?? '')) {
    throw broken(file, `holds after "${value.after}"; the steps of ${areaName} are: ${steps.join(', ') || 'none'}`);
  }
}

/** The area of `suites/` that has scenarios, which measure, and no checks. */
const benchmarks = 'benchmark';

/** The areas of `suites/`, each with its checks. */
export async function readSuites(): Promise<readonly Suite[]> {
  const entries = await readdir(join(compiled, 'suites'), { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && entry.name !== benchmarks).map((entry) => entry.name);
  return Promise.all(names.sort().map(readSuite));
}

/** The scenarios of `suites/benchmark/`, in order of id. */
export async function readScenarios(): Promise<readonly Scenario[]> {
  const members = await readFolder<Scenario>(`suites/${benchmarks}`);
  for (const { file, name, value } of members) {
    if (value.id !== `${benchmarks}/${name}`)
      throw broken(file, `has the id "${value.id}"; its path says "${benchmarks}/${name}"`);
  }
  return members.map(({ value }) => value);
}
