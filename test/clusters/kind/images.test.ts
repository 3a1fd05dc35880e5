import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadImages } from '../../../clusters/kind/images.ts';

describe('images for a kind cluster', () => {
  const { PATH, KIND_EXPERIMENTAL_PROVIDER } = process.env;
  let folder = '';

  /** Commands that write down what they are asked for. */
  function pretend(...names: readonly string[]): void {
    for (const name of names) {
      const file = join(folder, name);
      writeFileSync(file, `#!/bin/sh\necho "$(basename "$0") $*" >>"${folder}/asked"\n`);
      chmodSync(file, 0o755);
    }
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-kind-images-'));
    pretend('docker', 'podman', 'nerdctl', 'kind');
    process.env.PATH = `${folder}:${PATH}`;
  });
  afterEach(() => {
    process.env.PATH = PATH;
    delete process.env.KIND_EXPERIMENTAL_PROVIDER;
    if (KIND_EXPERIMENTAL_PROVIDER !== undefined) process.env.KIND_EXPERIMENTAL_PROVIDER = KIND_EXPERIMENTAL_PROVIDER;
    rmSync(folder, { recursive: true });
  });

  for (const [engine, asked] of [
    ['docker', ['kind load docker-image --name x --nodes one,two a:1 b:2']],
    [
      'podman',
      [
        'podman save --multi-image-archive --output <archive> a:1 b:2',
        'kind load image-archive --name x --nodes one,two <archive>',
      ],
    ],
    [
      'nerdctl',
      ['nerdctl save --output <archive> a:1 b:2', 'kind load image-archive --name x --nodes one,two <archive>'],
    ],
  ] as const)
    it(`are carried from ${engine} into its nodes`, async () => {
      process.env.KIND_EXPERIMENTAL_PROVIDER = engine;
      await loadImages(['a:1', 'b:2'], { kind: 'kind', kindName: 'x', nodes: ['one', 'two'] }, {});
      const said = readFileSync(join(folder, 'asked'), 'utf8').trim();
      expect(said.replace(/\S+images\.tar/g, '<archive>').split('\n')).to.deep.equal(asked);
    });
});
