import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compiledModule } from '../paths.ts';

/**
 * What `node -e` runs at a place where our package is not: reads one line, imports it as a module, and leaves the rest of its input
 * to that module. Nothing is written to disk.
 */
export const loader = `
let head = Buffer.alloc(0);
process.stdin.on('data', function take(chunk) {
  head = Buffer.concat([head, chunk]);
  const end = head.indexOf(10);
  if (end < 0) return;
  process.stdin.off('data', take).pause();
  if (end + 1 < head.length) process.stdin.unshift(head.subarray(end + 1));
  import(head.toString('latin1', 0, end));
});`;

/**
 * A compiled module of ours, named by its source, as one line for the loader: a `data:` URL in which every file of ours that it imports is
 * one too. They may import only `node:` modules and one another.
 */
export const shippedSource = (sourcePath: string): Promise<string> =>
  dataUrlOf(sourcePath.replace(/\.ts$/, '.js'), new Map());

async function dataUrlOf(path: string, known: Map<string, string>): Promise<string> {
  const before = known.get(path);
  if (before !== undefined) return before; // the same URL is the same module: its state is shared
  const text = await readFile(compiledModule(path), 'utf8');
  let source = text.replace(/^\/\/# sourceMappingURL=.*$/m, '');
  for (const [, specifier = ''] of source.matchAll(/\b(?:from|import) '(\.[^']+)'/g)) {
    const url = await dataUrlOf(join(dirname(path), specifier), known);
    source = source.replaceAll(`'${specifier}'`, `'${url}'`);
  }
  const url = `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
  known.set(path, url);
  return url;
}
