import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compiledModule } from '../paths.ts';

/** Compiled modules of ours on their way into a pod whose image is the stock Node.js: data of a ConfigMap, and items of its volume. */
export interface ShippedModules {
  readonly data: Readonly<Record<string, string>>;
  /** Lays the modules out in the volume as they lie in the source tree. */
  readonly items: readonly { readonly key: string; readonly path: string }[];
}

/** The modules named by their source, with all that they import. They may import only `node:` modules and one another. */
export async function shippedModules(sourcePaths: readonly string[]): Promise<ShippedModules> {
  const texts = new Map([['package.json', '{ "type": "module" }\n']]);
  const wanted = sourcePaths.map((path) => path.replace(/\.ts$/, '.js'));
  for (let path = wanted.pop(); path !== undefined; path = wanted.pop()) {
    if (texts.has(path)) continue;
    const text = (await readFile(compiledModule(path), 'utf8')).replace(/^\/\/# sourceMappingURL=.*$/m, '');
    texts.set(path, text);
    for (const [, specifier = ''] of text.matchAll(/\b(?:from|import) '(\.[^']+)'/g))
      wanted.push(join(dirname(path), specifier));
  }
  const shipped = [...texts].map(([path, text]) => ({ key: path.replaceAll('/', '.'), path, text }));
  return {
    data: Object.fromEntries(shipped.map(({ key, text }) => [key, text])),
    items: shipped.map(({ key, path }) => ({ key, path })),
  };
}
