import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Source } from '../../../src/model/program.ts';
import { createBench, entry } from './bench.ts';

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'it succeeded',
    (error: Error) => error,
  );
const source: Source = { kind: 'deb', packages: ['assay-hello'], member: 'usr/bin/hello' };

/** A Debian package, its paragraph of a Packages file returned. */
function writePackage(folder: string, control: readonly string[], files: Readonly<Record<string, string>>): string {
  const name = control[0]?.replace('Package: ', '') ?? '';
  const tree = join(folder, `${name}-tree`);
  mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
  chmodSync(join(tree, 'DEBIAN'), 0o755);
  const text = [
    ...control,
    'Version: 1.2.3',
    'Architecture: all',
    'Maintainer: a test <test@localhost>',
    'Description: test',
  ].join('\n');
  writeFileSync(join(tree, 'DEBIAN/control'), `${text}\n`);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(tree, path, '..'), { recursive: true });
    writeFileSync(join(tree, path), content, { mode: 0o755 });
  }
  const deb = join(folder, `${name}.deb`);
  execFileSync('dpkg-deb', ['--build', '--root-owner-group', tree, deb], { stdio: 'ignore' });
  const content = readFileSync(deb);
  const sum = createHash('sha256').update(content).digest('hex');
  return `${text}\nFilename: ./${name}.deb\nSize: ${content.length}\nSHA256: ${sum}\n`;
}

/** An environment whose apt knows one repository, in `folder`, and has no lists yet. */
function aptIn(folder: string): NodeJS.ProcessEnv {
  const hello = writePackage(folder, ['Package: assay-hello', 'Depends: assay-greeting, libc6'], {
    'usr/bin/hello': '#!/bin/sh\ncat "$LD_LIBRARY_PATH/libgreeting.so.1"\n',
  });
  const greeting = writePackage(folder, ['Package: assay-greeting'], {
    'usr/lib/greeting/libgreeting.so.1': 'hello v1.2.3\n',
  });
  const libc = [
    'Package: libc6',
    'Version: 99',
    'Architecture: all',
    'Maintainer: a test <test@localhost>',
    'Description: test',
    'Filename: ./none',
    'Size: 1',
    `SHA256: ${'0'.repeat(64)}`,
  ];
  writeFileSync(join(folder, 'Packages'), [hello, greeting, `${libc.join('\n')}\n`].join('\n'));
  writeFileSync(join(folder, 'sources.list'), `deb [trusted=yes] file:${folder} ./\n`);
  const settings = {
    'Dir::State::lists': join(folder, 'no-lists'),
    'Dir::Etc::sourcelist': join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'APT::Sandbox::User': 'root',
  };
  mkdirSync(join(folder, 'no-lists/partial'), { recursive: true });
  const lines = Object.entries(settings).map(([key, value]) => `${key} "${value}";`);
  writeFileSync(join(folder, 'apt.conf'), `${lines.join('\n')}\n`);
  return { ...process.env, APT_CONFIG: join(folder, 'apt.conf') };
}

describe('a Debian package', () => {
  it('is unpacked with what it depends on and the machine lacks, even where apt has no lists', async function () {
    if (spawnSync('apt-get', ['--version']).error) return this.skip();
    await using bench = await createBench();
    const env = aptIn(bench.folder);
    const hello = (await bench.toolchain([entry([source])], { env }).ensure(['hello'])).get('hello');
    expect(hello).to.include({ version: '1.2.3', from: 'Debian packages assay-hello, assay-greeting' });
    expect(hello?.env.LD_LIBRARY_PATH).to.match(/usr\/lib\/greeting$/);
  });

  it('without apt-get is an error that says so', async () => {
    await using bench = await createBench();
    const env = { ...process.env, PATH: await bench.pathWith('sh') };
    const thrown = await failure(bench.toolchain([entry([{ kind: 'path' }, source])], { env }).ensure(['hello']));
    expect(thrown).to.include({ code: 'program-missing', exitCode: 3 });
    expect(thrown).to.have.property('message').that.contains('PATH: not found').and.contains('there is no apt-cache');
  });
});
