import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import type { AssayError } from '../../../src/model/errors.ts';
import { createBench, entry, goSource } from './bench.ts';
import { gone, startCompanion } from './processes.ts';

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'it succeeded',
    (error: Error) => error,
  );
const broken = entry([{ kind: 'go', module: 'broken', package: 'broken' }]);

describe('a Go module', () => {
  it('gives all programs asked for in one build, each with its version stamped, and no other', async () => {
    await using bench = await createBench();
    const catalogue = [
      entry([goSource('hello')], 'hello'),
      entry([goSource('goodbye')], 'goodbye', '4.5.6'),
      entry([goSource('never')], 'never'),
    ];
    const brought = await bench.toolchain(catalogue).ensure(['hello', 'goodbye']);
    expect([...brought.values()].map(({ name, version }) => `${name} ${version}`)).to.deep.equal([
      'hello 1.2.3',
      'goodbye 4.5.6',
    ]);
    expect(bench.said.find((line) => line.includes('step 2 of 2'))).to.match(
      /^hello, goodbye by Go: .*0 of 2 linked, 0 of at most \d+ packages compiled$/,
    );
    expect(await readdir(join(bench.cacheFolder, 'toolchain'))).to.have.members(['.lock', '.logs', 'goodbye', 'hello']);
  });

  it('gives programs of one package as one file, so that their processes share its pages', async () => {
    await using bench = await createBench();
    const brought = await bench
      .toolchain([entry([goSource('hello')], 'hello'), entry([goSource('hello')], 'alias')])
      .ensure(['hello', 'alias']);
    const files = await Promise.all([...brought.values()].map(({ path }) => stat(path)));
    expect(new Set([...brought.values()].map(({ path }) => basename(path)))).to.have.keys('hello', 'alias');
    expect(new Set(files.map(({ ino }) => ino))).to.have.property('size', 1);
  });

  it('builds whatever the user has set for Go', async () => {
    await using bench = await createBench();
    const odd = {
      GOFLAGS: '-mod=vendor -race -o=/nowhere',
      GOTOOLCHAIN: 'go1.2.3',
      GOWORK: '/nowhere/go.work',
      GO111MODULE: 'off',
      GOOS: 'plan9',
      GOARCH: 'wasm',
      GOEXPERIMENT: 'nonsense',
      CGO_ENABLED: '1',
      GOROOT: '/nowhere',
    };
    const toolchain = bench.toolchain([entry([goSource()])], { env: { ...process.env, ...odd } });
    expect((await toolchain.ensure(['hello'])).get('hello')?.version).to.equal('1.2.3');
  });

  it("that does not compile shows the compiler's words and where the whole log is", async () => {
    await using bench = await createBench();
    const thrown = await failure(bench.toolchain([broken]).ensure(['hello']));
    expect(thrown).to.include({ code: 'program-missing', exitCode: 3 });
    expect(thrown).to.have.property('message').that.contains('undefinedName');
    const { log } = thrown as AssayError & { readonly log: string };
    expect(await readFile(log, 'utf8')).to.contain('undefinedName');
  });

  it('without Go on PATH is an error that says what to install', async () => {
    await using bench = await createBench();
    const env = { ...process.env, PATH: await bench.pathWith('sh') };
    const thrown = await failure(bench.toolchain([entry([{ kind: 'path' }, goSource()])], { env }).ensure(['hello']));
    expect(thrown).to.have.property('message').that.contains('PATH: not found').and.contains('there is no go on PATH');
    expect(thrown).to.have.property('next').that.contains('Install Go');
  });

  it('of which the build is interrupted leaves no process and no file', async () => {
    await using bench = await createBench();
    const pidFile = join(bench.folder, 'pids');
    await bench.script('go', `sleep 1000 & echo $$ $! > ${pidFile}; echo 'go: downloading slow v1' >&2; wait`);
    const controller = new AbortController();
    const env = { ...process.env, PATH: await bench.pathWith('sh', 'sleep') };
    const { said } = bench;
    said.push = (line) => {
      if (line.includes('step 1 of 2, module 1: slow v1')) controller.abort(new Error('enough'));
      return said.length;
    };
    const toolchain = bench.toolchain([entry([goSource()])], { env, signal: controller.signal });
    expect(await failure(toolchain.ensure(['hello']))).to.have.property('message', 'enough');
    for (const pid of (await readFile(pidFile, 'utf8')).trim().split(' ')) await gone(Number(pid));
    expect(await readdir(join(bench.cacheFolder, 'toolchain'))).to.have.members(['.lock', '.logs']);
  });

  it('asked for by two harnesses at once is built once, and both get it', async () => {
    await using bench = await createBench();
    const said = await Promise.all(
      [startCompanion('ensure', bench.cacheFolder), startCompanion('ensure', bench.cacheFolder)].map(
        async (companion) => {
          const lines: string[] = [];
          for (let line = await companion.line(); line !== ''; line = await companion.line()) lines.push(line);
          await companion.exited;
          return lines;
        },
      ),
    );
    for (const lines of said) expect(lines.at(-1)).to.equal('brought 1.2.3');
    expect(said.filter((lines) => lines.some((line) => line.includes('linked')))).to.have.length(1);
  });

  it('of which the build was killed is built by the next harness, which sweeps what it left', async () => {
    await using bench = await createBench();
    const companion = startCompanion('ensure', bench.cacheFolder);
    for (let line = await companion.line(); !line.includes('linked'); line = await companion.line());
    companion.child.kill('SIGKILL');
    await companion.exited;
    expect(await readdir(join(bench.cacheFolder, 'toolchain'))).to.include('.work');
    expect((await bench.toolchain([entry([goSource()])]).ensure(['hello'])).get('hello')?.version).to.equal('1.2.3');
    expect(await readdir(join(bench.cacheFolder, 'toolchain'))).to.have.members(['.lock', '.logs', 'hello']);
  });

  it('of which a dependency differs from go.sum is not built', async () => {
    await using bench = await createBench();
    const proxy = join(bench.folder, 'proxy/example.com/dep/@v');
    const module = join(bench.folder, 'modules/greeter');
    for (const folder of [proxy, module]) await mkdir(folder, { recursive: true });
    const content = join(bench.folder, 'example.com/dep@v1.0.0');
    await mkdir(content, { recursive: true });
    await writeFile(join(content, 'go.mod'), 'module example.com/dep\n');
    await writeFile(join(content, 'dep.go'), 'package dep\n');
    await copyFile(join(content, 'go.mod'), join(proxy, 'v1.0.0.mod'));
    await writeFile(join(proxy, 'v1.0.0.info'), '{"Version":"v1.0.0"}');
    execFileSync('python3', ['-m', 'zipfile', '-c', join(proxy, 'v1.0.0.zip'), 'example.com'], { cwd: bench.folder });
    await writeFile(join(module, 'go.mod'), 'module greeter\n\ngo 1.24\n\nrequire example.com/dep v1.0.0\n');
    await writeFile(join(module, 'main.go'), 'package main\n\nimport _ "example.com/dep"\n\nfunc main() {}\n');
    const sum = `h1:${Buffer.alloc(32).toString('base64')}`;
    await writeFile(join(module, 'go.sum'), `example.com/dep v1.0.0 ${sum}\nexample.com/dep v1.0.0/go.mod ${sum}\n`);
    const env = {
      ...process.env,
      GOPROXY: `file://${join(bench.folder, 'proxy')}`,
      GOMODCACHE: join(bench.folder, 'gomod'),
    };
    const modulesFolder = join(bench.folder, 'modules');
    const source = { kind: 'go', module: 'greeter', package: 'greeter' } as const;
    const thrown = await failure(bench.toolchain([entry([source])], { env, modulesFolder }).ensure(['hello']));
    expect(thrown).to.have.property('message').that.contains('checksum mismatch').and.contains('SECURITY ERROR');
  });
}).timeout(120_000); // with an empty cache Go compiles its standard library first
