import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { usageError } from '../model/errors.ts';
import { imageName } from '../model/image.ts';
import type { Program } from '../model/program.ts';
import { compiledModule } from '../paths.ts';

/** Every entry of `toolchain/`, in order of name. */
export async function readPrograms(): Promise<readonly Program[]> {
  const folder = compiledModule('toolchain');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js')).sort();
  return Promise.all(
    files.map(async (file) => ((await import(pathToFileURL(join(folder, file)).href)) as { default: Program }).default),
  );
}

/** The program that an image stands for on the local cluster, whatever registry prefix, tag or digest it is named with. */
export const programOfImage = (programs: readonly Program[], image: string): Program | undefined =>
  programs.find(({ images }) => images?.includes(imageName(image)));

/** The program of that name; an unknown one is the caller's mistake. */
export function programNamed(programs: readonly Program[], name: string): Program {
  const program = programs.find((candidate) => candidate.name === name);
  if (program !== undefined) return program;
  throw usageError('unknown-program', `there is no program ${name} in the toolchain`, {
    next: `Known are ${programs.map((known) => known.name).join(', ')}.`,
  });
}
