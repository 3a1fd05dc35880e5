import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest folder at or above `from` that holds a package.json. */
function packageRootOf(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error(`no package.json at or above ${from}`);
  return packageRootOf(parent);
}

/** The package's own folder: fixtures and Go module files lie below it. */
export const packageRoot = packageRootOf(dirname(fileURLToPath(import.meta.url)));

/** Path of a compiled module of ours, given as it lies in the source tree, for starting it as a program of its own. */
export const compiledModule = (sourcePath: string): string =>
  join(packageRoot, 'dist', sourcePath.replace(/\.ts$/, '.js'));
