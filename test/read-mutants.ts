import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiledModule, packageRoot } from '../src/paths.ts';
import type { Mutant } from './mutant.ts';

/** Names of all mutants, as their files have them, in order. */
export const mutantNames: readonly string[] = (await readdir(join(packageRoot, 'test/mutants')))
  .map((file) => file.replace(/\.ts$/, ''))
  .sort();

/** The mutants of those names. */
export const readMutants = (names = mutantNames): Promise<readonly Mutant[]> =>
  Promise.all(
    names.map(async (name) => {
      const { href } = pathToFileURL(compiledModule(`test/mutants/${name}.ts`));
      return ((await import(href)) as { default: Mutant }).default;
    }),
  );
