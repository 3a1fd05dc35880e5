import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compiledModule, packageRoot } from '../../src/paths.ts';

const checks = ['host/precise-host-is-equal', 'path/prefix-is-no-string-prefix'];
const image = ['--image', 'my/controller:dev=./controller.mjs'];

describe('docs/own-controller.md', function () {
  this.timeout(240_000);
  let folder: string;
  const run = (...args: readonly string[]) =>
    new Promise<{ code: number | null; output: string }>((resolve) => {
      const argv = [compiledModule('src/cli/main.ts'), ...args];
      const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state') };
      const child = execFile(process.execPath, argv, { cwd: folder, env }, (_error, stdout, stderr) =>
        resolve({ code: child.exitCode, output: stdout + stderr }),
      );
    });
  const conformance = () =>
    run('conformance', ...checks, '--cluster', 'local', '--name', 'dev', '--controller', './my-controller.ts');

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
    await cp(join(packageRoot, 'docs/example'), folder, { recursive: true });
  });
  after(async () => {
    await run('cluster', 'down', 'dev');
    await rm(folder, { recursive: true });
  });

  it('finds the fault of its controller, and sees it mended without another cluster', async () => {
    const up = await run('cluster', 'up', '--name', 'dev', ...image);
    expect(up.code, up.output).to.equal(0);
    const first = await conformance();
    expect(first.code, first.output).to.equal(1);
    expect(first.output)
      .to.contain('✗ path/prefix-is-no-string-prefix')
      .and.contain('1 passed, 1 failed')
      .and.contain('My controller 0.1.0 on local');

    const program = join(folder, 'controller.mjs');
    const text = await readFile(program, 'utf8');
    const faulty = 'incoming.url.startsWith(each.path)';
    expect(text).to.contain(faulty);
    const mended = "incoming.url.replace(/[?].*|$/, '/').startsWith(each.path.replace(/[/]?$/, '/'))";
    await writeFile(program, text.replace(faulty, mended));
    const second = await conformance();
    expect(second.code, second.output).to.equal(0);
    expect(second.output).to.contain('2 passed');
  });

  it('refuses to join a kept cluster in which the image stands for another program', async () => {
    await cp(join(folder, 'controller.mjs'), join(folder, 'other.mjs'));
    const args = ['--cluster', 'local', '--name', 'dev', '--image', 'my/controller:dev=./other.mjs'];
    const { code, output } = await run('conformance', ...checks, ...args);
    expect(code, output).to.equal(2);
    expect(output).to.contain('stands for').and.contain('cluster down dev');
  });
});
