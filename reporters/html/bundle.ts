import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { packageRoot } from '../../src/paths.ts';

const page = join(packageRoot, 'reporters/html/page');
const built = join(packageRoot, 'dist/reporters/html/built');

const common = {
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: 'none',
  charset: 'ascii',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'warning',
} as const;

/** The licences of what is bundled, each text once: they ask to stand in every copy. */
async function licences({ outputs }: Metafile): Promise<string> {
  const bundled = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const packages = new Set(bundled.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  const texts = new Map<string, string[]>();
  for (const name of [...packages].sort()) {
    const folder = join(packageRoot, 'node_modules', name);
    const text = await readFile(join(folder, 'LICENSE'), 'utf8').catch(() =>
      readFile(join(folder, 'LICENSE.md'), 'utf8'),
    );
    const same = text.replace(/\s+/g, ' ').trim();
    texts.set(same, [...(texts.get(same) ?? []), name]);
  }
  const told = [...texts].map(([text, names]) => `${names.join(', ')}: ${text}`).join('\n');
  return `/*! ${told.replace(/\*\//g, '* /').replace(/[^\n\x20-\x7e]/g, '?')} */\n`;
}

const [script, style] = await Promise.all([
  build({ ...common, entryPoints: [join(page, 'main.tsx')], format: 'esm', target: 'es2022', write: false }),
  build({ ...common, entryPoints: [join(page, 'style.css')], write: false }),
  build({
    ...common,
    entryPoints: [join(page, 'prerender.tsx')],
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile: join(built, 'prerender.js'),
    // Charts are drawn in the browser alone.
    alias: { '@observablehq/plot': join(page, 'charts/undrawn.ts') },
    logOverride: { 'import-is-undefined': 'silent' },
  }),
]);
const code = script.outputFiles[0]?.text ?? '';
if (/<\/script|<!--/i.test(code)) throw new Error('the bundle would end the element that it stands in');
await writeFile(join(built, 'page.js'), (await licences(script.metafile)) + code);
await writeFile(join(built, 'page.css'), style.outputFiles[0]?.text ?? '');
