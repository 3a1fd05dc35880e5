import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../src/paths.ts';

/** What each part may import, itself included. Everything may import src/paths.ts. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'src/model': [],
  'src/kube': ['src/model'],
  'src/stats': ['src/model'],
  'src/toolchain': ['src/model'],
  'src/kit': ['src/model', 'src/kube', 'src/toolchain'],
  suites: ['src/model', 'src/kube', 'src/kit'],
  controllers: ['src/model', 'src/kube', 'src/kit'],
  clusters: ['src/model', 'src/kube', 'src/toolchain', 'src/kit'],
  toolchain: ['src/model', 'src/toolchain'],
  'src/load': ['src/model', 'src/stats'],
  load: ['src/model', 'src/stats', 'src/load'],
  reporters: ['src/model', 'src/stats'],
  'src/run': ['src/model', 'src/stats', 'src/kube', 'src/toolchain', 'src/kit', 'src/load'],
  'src/cli': ['src/model', 'src/stats', 'src/kube', 'src/toolchain', 'src/kit', 'src/run'],
};

const parts = Object.keys(allowed);
const catalogues = ['suites', 'controllers', 'toolchain', 'load', 'reporters'];
const partOf = (file: string): string | undefined => parts.find((part) => file.startsWith(`${part}/`));
/** The member that a file of a catalogue belongs to: the file itself, or the folder of that name where a member has one. */
const memberOf = (file: string): string => /^(controllers|toolchain|load|reporters)\/[^/.]+/.exec(file)?.[0] ?? file;

const sources = (folder: string): readonly string[] =>
  readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(packageRoot.length + 1));

/** Files of ours that a file imports, from the package's root. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(packageRoot, file), 'utf8');
  const specifiers = text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...specifiers].map(([, specifier = '']) => normalize(join(dirname(file), specifier)));
}

describe('the architecture', () => {
  const files = parts.flatMap((part) => {
    try {
      return sources(part);
    } catch {
      return [];
    }
  });

  it('has imports that go one way: model, stats, kube and toolchain, kit, catalogues, run, cli', () => {
    const wrong = files.flatMap((file) => {
      const part = partOf(file) ?? '';
      return importsOf(file)
        .filter((target) => target !== 'src/paths.ts' && partOf(target) !== part)
        .filter((target) => !allowed[part]?.includes(partOf(target) ?? ''))
        .map((target) => `${file} imports ${target}`);
    });
    expect(wrong).to.deep.equal([]);
  });

  it('has members of catalogues that never import one another', () => {
    const wrong = files
      .filter((file) => catalogues.includes(partOf(file) ?? ''))
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => partOf(target) === partOf(file) && memberOf(target) !== memberOf(file))
          .map((target) => `${file} imports ${target}`),
      );
    expect(wrong).to.deep.equal([]);
  });

  it('has a reference controller that runs where none of our packages are', () => {
    const program = files.filter((file) => file.startsWith('controllers/reference/program/'));
    const foreign = program.flatMap((file) =>
      [...readFileSync(join(packageRoot, file), 'utf8').matchAll(/\bfrom '([^']+)'/g)]
        .map(([, specifier = '']) => specifier)
        .filter((specifier) => !/^(node:|\.\/)/.test(specifier))
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(program).to.not.be.empty;
    expect(foreign).to.deep.equal([]);
  });

  it('has no file that gathers strangers', () => {
    expect(files.filter((file) => /\/(utils?|helpers?|types|common|misc)\.tsx?$/.test(file))).to.deep.equal([]);
  });
});
