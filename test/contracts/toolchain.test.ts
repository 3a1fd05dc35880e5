import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { imageName } from '../../src/model/image.ts';
import type { Program, Source } from '../../src/model/program.ts';
import { silentProgress } from '../../src/model/progress.ts';
import { packageRoot } from '../../src/paths.ts';
import { readPrograms } from '../../src/toolchain/catalogue.ts';
import { kubernetesVersion } from '../../src/toolchain/kubernetes.ts';
import { isBringing, sourceKey, sourceLabel } from '../../src/toolchain/source-key.ts';
import { binaryName } from '../../src/toolchain/sources/go.ts';
import { createToolchain } from '../../src/toolchain/toolchain.ts';

const folder = join(packageRoot, 'toolchain');
const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
const programs = await readPrograms();
const toolchain = createToolchain({ progress: silentProgress, signal: new AbortController().signal });

const ofKind = <K extends Source['kind']>(program: Program, kind: K) =>
  program.sources.filter((source): source is Extract<Source, { kind: K }> => source.kind === kind);

describe('the toolchain', () => {
  it('has one file for each program', () => {
    expect(programs.map(({ name }) => `${name}.ts`)).to.deep.equal(files);
  });

  it('lets no image stand for two programs', () => {
    const images = programs.flatMap((program) => program.images ?? []);
    expect(images).to.deep.equal([...new Set(images)]);
  });

  it('names the Kubernetes of its module files', async () => {
    const goMod = await readFile(join(folder, 'kubernetes/go.mod'), 'utf8');
    expect(/\tk8s\.io\/kubernetes v(\S+)/.exec(goMod)?.[1]).to.equal(kubernetesVersion);
  });

  for (const program of programs) {
    describe(program.name, () => {
      it('has a numeric version, a summary without a full stop and at least one source', () => {
        expect(program.version).to.match(/^\d+\.\d+(?:\.\d+)?$/);
        expect(program.summary).to.match(/[^.]$/);
        expect(program.sources).to.not.be.empty;
      });

      it('names its images the way they are looked up', () => {
        for (const image of program.images ?? []) expect(imageName(image)).to.equal(image);
      });

      it('gives each source a label and each that brings it a folder of its own', async () => {
        const labels = program.sources.map((source) => sourceLabel(program, source));
        expect(new Set(labels)).to.have.length(program.sources.length);
        const keys = await Promise.all(
          program.sources.filter(isBringing).map((source) => sourceKey(program, source, folder)),
        );
        expect(new Set(keys)).to.have.length(keys.length);
      });

      for (const source of ofKind(program, 'go')) {
        it(`is built from a module folder with go.mod and go.sum, and under its package's name`, () => {
          for (const file of ['go.mod', 'go.sum'])
            expect(existsSync(join(folder, source.module, file)), file).to.equal(true);
          const sharing = programs.flatMap((other) =>
            ofKind(other, 'go').filter(({ module }) => module === source.module),
          );
          const packages = new Set(sharing.map((other) => other.package));
          expect([...packages].filter((other) => binaryName(other) === binaryName(source.package))).to.have.length(1);
        });
      }

      for (const source of ofKind(program, 'download')) {
        it('is downloaded over TLS, its sum as well', () => {
          expect(source.url(program.version, 'amd64'))
            .to.match(/^https:\/\//)
            .and.contain(program.version);
          if (source.sha256.kind === 'published')
            expect(source.sha256.url(program.version, 'amd64')).to.match(/^https:\/\//);
          else expect(Object.values(source.sha256.byArch).join()).to.match(/^[0-9a-f]{64}(?:,[0-9a-f]{64})*$/);
        });
      }

      for (const source of ofKind(program, 'wheel')) {
        it('comes as a wheel of the same version with a SHA-256 for each architecture', () => {
          expect(source.version).to.equal(program.version);
          for (const sum of source.sha256) expect(sum).to.match(/^[0-9a-f]{64}$/);
        });
      }

      it('says a version that satisfies its entry where it is there', async function () {
        const installed = await toolchain.find(program.name);
        if (installed === undefined) return this.skip();
        expect(installed.version).to.match(/^\d+\.\d+/);
        expect(existsSync(installed.path)).to.equal(true);
      });
    });
  }
});
