import { readFile } from 'node:fs/promises';
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

let shipped: Promise<string> | undefined;

/** The agent's compiled source as one line for the loader: a `data:` URL in which every sibling it imports is one too. */
export function agentSource(): Promise<string> {
  shipped ??= dataUrlOf('main.js', new Map());
  return shipped;
}

async function dataUrlOf(module: string, known: Map<string, string>): Promise<string> {
  const before = known.get(module);
  if (before !== undefined) return before; // the same URL is the same module: its state is shared
  const text = await readFile(compiledModule(`src/kit/agent/${module}`), 'utf8');
  let source = text.replace(/^\/\/# sourceMappingURL=.*$/m, '');
  for (const [, sibling = ''] of source.matchAll(/ from '\.\/([\w-]+\.js)'/g)) {
    source = source.replaceAll(` from './${sibling}'`, ` from '${await dataUrlOf(sibling, known)}'`);
  }
  const url = `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
  known.set(module, url);
  return url;
}
