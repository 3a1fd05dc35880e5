import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compiledModule } from '../../../src/paths.ts';

describe('ingress-assay doctor', () => {
  let folder = '';
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [compiledModule('src/cli/main.ts'), 'doctor', ...args], {
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: folder, NO_COLOR: '1' },
    });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-doctor-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('shows each program, and for a missing one the command that brings it, or where to put one that nobody publishes', () => {
    const { status, stdout } = run();
    expect(status).to.equal(0);
    expect(stdout).to.match(/✓ node +\d+\.\d+\.\d+ +\d+ MiB/);
    expect(stdout).to.contain(`${folder}/ingress-assay/toolchain: 0 MiB`);
    for (const [, name] of stdout.matchAll(/✗ (\S+) +\S+ wanted/g)) {
      const next =
        name === 'ingress-nginx'
          ? 'put ingress-nginx there: INGRESS_NGINX_FOLDER or PATH'
          : `ingress-assay doctor --install ${name}`;
      expect(stdout).to.contain(`next ${next}\n`);
    }
  });

  it('prints the same as JSON', () => {
    const { status, stdout } = run('--json');
    expect(status).to.equal(0);
    const report = JSON.parse(stdout);
    const node = report.programs.find(({ name }: { name: string }) => name === 'node');
    expect(node.state).to.include({ kind: 'found', path: process.execPath });
    expect(report).to.have.all.keys('cacheFolder', 'cacheBytes', 'programs', 'prerequisites', 'clusters');
  });

  it('installs nothing that is there', () => {
    const { status, stderr } = run('--install', 'node');
    expect(status).to.equal(0);
    expect(stderr).to.equal('');
  });

  it('cannot install what nobody publishes, and says where it was looked for', () => {
    const { status, stderr } = run('--install', 'ingress-nginx');
    expect(status).to.equal(3);
    expect(stderr).to.contain('INGRESS_NGINX_FOLDER or PATH: not found').and.contain('Put ingress-nginx on PATH');
  });

  it('prunes an empty cache', () => {
    const { status, stderr } = run('--prune');
    expect(status).to.equal(0);
    expect(stderr).to.contain('0 MiB freed');
  });

  it('refuses an unknown program, and names without --install', () => {
    const unknown = run('--install', 'kubelett');
    expect(unknown.status).to.equal(2);
    expect(unknown.stderr).to.contain('there is no program kubelett').and.contain('kubelet');
    const named = run('kubelet');
    expect(named.status).to.equal(2);
    expect(named.stderr).to.contain('ingress-assay doctor --install kubelet');
  });

  it('that cannot write its cache ends with exit code 3 and says what to do', async () => {
    await writeFile(join(folder, 'ingress-assay'), 'a file in the way');
    const { status, stderr } = run('--prune');
    expect(status).to.equal(3);
    expect(stderr).to.contain('XDG_CACHE_HOME');
  });
});
