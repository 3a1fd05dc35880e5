import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { givenImages } from '../../../clusters/local/given-images.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { errorOf } from '../../src/error-of.ts';

describe('an image that stands for a program of one’s own', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
    for (const name of ['program', 'text']) await writeFile(join(folder, name), '');
    await chmod(join(folder, 'program'), 0o755);
  });
  after(() => rm(folder, { recursive: true }));

  it('is given by its name and a file, several by repeating', async () => {
    const program = join(folder, 'program');
    const image = [`my/controller:dev=${relative(process.cwd(), program)}`, `docker.io/library/traefik=${program}`];
    expect(await givenImages({ image })).to.deep.equal({ 'my/controller:dev': program, 'traefik:latest': program });
    expect(await givenImages()).to.deep.equal({});
  });

  const faults: readonly [what: string, given: string, message: string][] = [
    ['without a file', 'my/controller:dev', 'is no image and file'],
    ['with a file that is missing', 'my/controller:dev=./absent', './absent is not there'],
    ['with a folder', 'my/controller:dev=.', 'is no file'],
  ];
  for (const [what, given, message] of faults) {
    it(`${what} is a usage error`, async () => {
      const error = await errorOf(givenImages({ image: [given] }));
      expect(error).to.include({ code: 'image-invalid', exitCode: exitCodes.usage });
      expect((error as Error).message).to.contain(message);
    });
  }

  it('with a file that cannot be run is a usage error', async () => {
    const error = await errorOf(givenImages({ image: [`my/controller:dev=${join(folder, 'text')}`] }));
    expect((error as Error).message).to.contain('cannot be run');
  });
});
