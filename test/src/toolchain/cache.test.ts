import { spawnSync } from 'node:child_process';
import { mkdir, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { compiledModule } from '../../../src/paths.ts';
import { inspectToolchain } from '../../../src/toolchain/inspect.ts';
import { pruneToolchain } from '../../../src/toolchain/prune.ts';
import { createBench, entry, goSource, modulesFolder } from './bench.ts';

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'it succeeded',
    (error: Error) => error,
  );
const hello = entry([{ kind: 'path' }, goSource()]);
const never = new AbortController().signal;

describe('the cache', () => {
  it('gives a program that is there without bringing it anew, even where its time was changed', async () => {
    await using bench = await createBench();
    const toolchain = bench.toolchain([hello]);
    const first = (await toolchain.ensure(['hello'])).get('hello');
    await utimes(first?.path ?? '', new Date(0), new Date(0));
    bench.said.length = 0;
    expect((await toolchain.ensure(['hello'])).get('hello')).to.deep.equal(first);
    expect(bench.said).to.deep.equal([]);
  });

  for (const [damage, harm] of [
    ['a truncated executable', (path: string) => truncate(path, 1000)],
    [
      'an executable of the same size with other content',
      async (path: string) => {
        const { size } = await stat(path);
        await writeFile(path, Buffer.alloc(size));
      },
    ],
    ['no executable', (path: string) => rm(path)],
    ['a record that does not parse', (path: string) => writeFile(join(dirname(path), '../entry.json'), '{')],
    ['no record', (path: string) => rm(join(dirname(path), '../entry.json'))],
  ] as const) {
    it(`with ${damage} brings the program anew`, async () => {
      await using bench = await createBench();
      const toolchain = bench.toolchain([hello]);
      const first = (await toolchain.ensure(['hello'])).get('hello');
      await harm(first?.path ?? '');
      expect(await toolchain.find('hello')).to.equal(undefined);
      expect((await toolchain.ensure(['hello'])).get('hello')).to.deep.equal(first);
    });
  }

  it('is swept of what a killed build left before the next begins', async () => {
    await using bench = await createBench();
    const litter = join(bench.cacheFolder, 'toolchain/.work/hello-old');
    await mkdir(litter, { recursive: true });
    await writeFile(join(litter, 'half'), 'half a program');
    await bench.toolchain([hello]).ensure(['hello']);
    expect(await readdir(join(bench.cacheFolder, 'toolchain'))).to.have.members(['.lock', '.logs', 'hello']);
  });

  it('that cannot be written is an error that names the folder and the way out', async () => {
    await using bench = await createBench();
    const cacheFolder = join(bench.folder, 'a-file/cache');
    await writeFile(dirname(cacheFolder), '');
    const thrown = await failure(bench.toolchain([hello], { cacheFolder }).ensure(['hello']));
    expect(thrown).to.include({ code: 'cache-unwritable', exitCode: 3 });
    expect(thrown).to.have.property('message').that.contains(cacheFolder);
    expect(thrown).to.have.property('next').that.contains('XDG_CACHE_HOME');
  });

  it('on a full disk is an error that says so, and no further source is tried', function () {
    const mount = 'mount -t tmpfs -o size=64k tmpfs "$1" && exec "$2" "$3" "$1"';
    const program = compiledModule('test/src/toolchain/on-full-disk.ts');
    if (spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'true']).status !== 0) return this.skip();
    const args = ['--user', '--map-root-user', '--mount', 'sh', '-c', mount, 'sh', '/mnt', process.execPath, program];
    const run = spawnSync('unshare', args, { encoding: 'utf8' });
    expect(run.stderr).to.equal('');
    expect(JSON.parse(run.stdout)).to.deep.equal([
      { code: 'disk-full', exitCode: 3, left: ['.lock'] },
      { code: 'disk-full', exitCode: 3, left: ['.lock', '.logs'] },
    ]);
  });

  it('pruned keeps what an entry names, and gives back old versions, damaged ones and litter', async () => {
    await using bench = await createBench();
    const { cacheFolder } = bench;
    const root = join(cacheFolder, 'toolchain');
    const older = entry([goSource()], 'hello', '1.0.0');
    await bench.toolchain([older]).ensure(['hello']);
    const kept = (await bench.toolchain([hello]).ensure(['hello'])).get('hello');
    await mkdir(join(root, 'gone/1.0.0-0123456789ab'), { recursive: true });
    await mkdir(join(root, '.work/litter'), { recursive: true });
    await writeFile(join(root, '.work/litter/half'), Buffer.alloc(1000));
    const options = { cacheFolder, modulesFolder, catalogue: [hello] };
    const before = (await inspectToolchain(options)).cacheBytes;
    const pruned = await pruneToolchain({ ...options, signal: never, onWait: () => {} });
    expect(pruned.removed).to.have.length(2);
    expect(pruned.removed[0]).to.equal('gone/1.0.0-0123456789ab');
    expect(pruned.removed[1]).to.match(/^hello\/1\.0\.0-/);
    const after = await inspectToolchain(options);
    expect(before - after.cacheBytes).to.be.closeTo(pruned.freedBytes, 100); // the lock's own line changed too
    expect(after.programs[0]?.state).to.include({ kind: 'found', path: kept?.path });
    expect(await readdir(root)).to.have.members(['.lock', '.logs', 'hello']);
  });
}).timeout(120_000); // with an empty cache Go compiles its standard library first

describe('a program on the machine', () => {
  it('that satisfies the entry is taken from PATH; from the folder a variable names before that', async () => {
    await using bench = await createBench();
    const path = await bench.script('hello', 'echo hello v1.3.0');
    const PATH = await bench.pathWith('sh');
    expect(await bench.toolchain([hello], { env: { PATH } }).find('hello')).to.include({
      path,
      version: '1.3.0',
      from: 'PATH',
    });
    const assets = entry([{ kind: 'path', folderVariable: 'ASSETS' }]);
    expect(await bench.toolchain([assets], { env: { PATH: '/nowhere', ASSETS: PATH } }).find('hello')).to.include({
      path,
    });
  });

  it('that is older, too new or says no version is passed over, and doctor says why', async () => {
    await using bench = await createBench();
    const PATH = await bench.pathWith('sh');
    const { cacheFolder } = bench;
    const catalogue = [entry([{ kind: 'path', below: '2' }])];
    const reasons: string[] = [];
    for (const words of ['hello v1.2.2', 'hello v2.0.0', 'hello']) {
      await bench.script('hello', `echo ${words}`);
      const { programs } = await inspectToolchain({ cacheFolder, catalogue, env: { PATH } });
      expect(programs[0]?.state).to.deep.equal({ kind: 'missing', next: 'put hello there: PATH' });
      reasons.push(programs[0]?.passedOver[0]?.reason ?? '');
    }
    const path = join(PATH, 'hello');
    expect(reasons).to.deep.equal([
      `${path} is 1.2.2, older than 1.2.3`,
      `${path} is 2.0.0, and 2 or newer does not fit`,
      `${path} does not say its version: its answer names no version: hello`,
    ]);
  });

  it('asked for by a name that no entry has is a mistake of the caller', async () => {
    await using bench = await createBench();
    expect(await failure(bench.toolchain([hello]).ensure(['helo']))).to.include({
      code: 'unknown-program',
      exitCode: 2,
    });
  });
});
