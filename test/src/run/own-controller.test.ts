import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AssayError, exitCodes } from '../../../src/model/errors.ts';
import { packageRoot } from '../../../src/paths.ts';
import { isControllerFile, readOwnController } from '../../../src/run/own-controller.ts';
import { errorOf } from '../error-of.ts';

describe('a controller of one’s own', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function refusalOf(name: string, text: string): Promise<string> {
    await writeFile(join(folder, name), text);
    const error = await errorOf(readOwnController(join(folder, name)));
    expect(error).to.be.instanceOf(AssayError).and.to.include({ exitCode: exitCodes.usage });
    return (error as AssayError).message.replaceAll(`${folder}/`, '');
  }

  it('is told by a slash or an extension from a name of the catalogue', () => {
    for (const file of ['./x', 'a/b', 'x.ts', 'x.js', 'x.mjs']) expect(isControllerFile(file), file).to.equal(true);
    for (const name of ['traefik', 'ingress-nginx']) expect(isControllerFile(name), name).to.equal(false);
  });

  it('is read from TypeScript, from JavaScript and from a folder that has none of our packages', async () => {
    const example = await readOwnController(join(packageRoot, 'docs/example/my-controller.ts'));
    expect(example.name).to.equal('my-controller');
    const file = join(folder, 'c.mjs');
    const source = join(packageRoot, 'docs/example/my-controller.ts');
    await writeFile(
      file,
      `import { defineController } from 'ingress-assay';\nimport base from '${source}';\nexport default defineController({ ...base, title: 'Other' });\n`,
    );
    expect((await readOwnController(file)).title).to.equal('Other');
  });

  it('that does not parse, throws or imports what is not there is refused with file and line', async () => {
    expect(await refusalOf('parse.ts', 'const a: string = "";\n\nconst b = {{ ;\n')).to.match(/^parse\.ts:3:11: /);
    const throwing = 'interface A { readonly b:\n string }\nconst a: A = undefined as never;\nexport default a.b;\n';
    expect(await refusalOf('throws.ts', throwing)).to.match(/^throws\.ts:4:\d+: .*reading 'b'/);
    expect(await refusalOf('imports.ts', `\nimport x from './nowhere.ts';\nexport default x;\n`)).to.match(
      /^imports\.ts:2: .*nowhere/,
    );
  });

  it('that lacks something is refused with all that it lacks', async () => {
    expect(await refusalOf('none.ts', 'export const a = 1;\n')).to.equal(
      'none.ts has no default export that is a controller',
    );
    const message = await refusalOf('some.ts', `export default { name: 'x', title: 'X', ports: { http: '80' } };\n`);
    expect(message).to.contain('manifests is missing: it must be a function');
    expect(message).to.contain('ports.http must be a port number');
    expect(message).to.contain('images is missing').and.to.not.contain('title');
  });

  it('that is not there is refused by the name it was given', async () => {
    const error = await errorOf(readOwnController('./absent.ts'));
    expect(error).to.include({ code: 'controller-unreadable', exitCode: exitCodes.usage });
  });
});
