import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/paths.ts';

describe('what the action runs', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** The script as npm calls it from the folder, and what it left for GitHub. */
  async function run(env: Readonly<Record<string, string>>) {
    const [output, summary] = [join(folder, 'output'), join(folder, 'summary')];
    await Promise.all([output, summary].map((file) => writeFile(file, '')));
    const { status, stdout, stderr } = spawnSync(
      'npm',
      ['run', '--silent', '--prefix', packageRoot, 'ci:conformance'],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, ...env },
      },
    );
    return { status, stdout, stderr, output: await readFile(output, 'utf8'), summary: await readFile(summary, 'utf8') };
  }

  it('says what it was refused for, as a verdict and by its exit code', async () => {
    const { status, stderr, output, summary } = await run({ ASSAY_CONTROLLER: 'treafik' });
    expect({ status, summary }).to.deep.equal({ status: 2, summary: '' });
    expect(stderr).to.contain('Did you mean traefik?');
    expect(output).to.equal(`report=${folder}/assay-report/report.json\nverdict=refused\n`);
  });

  it('takes suites one by one, whatever stands between them', async () => {
    const { stderr } = await run({ ASSAY_SUITES: 'host, pahth' });
    expect(stderr).to.contain('"pahth"').and.to.contain('Did you mean path?');
  });
});

describe('the matrix', () => {
  const { stdout, status } = spawnSync('npm', ['run', '--silent', 'ci:matrix'], { cwd: packageRoot, encoding: 'utf8' });

  it('is one line for GITHUB_OUTPUT, with every controller that can be installed', () => {
    expect(status).to.equal(0);
    expect(stdout).to.match(/^matrix=\{.*\}\n$/);
    const { include } = JSON.parse(stdout.slice('matrix='.length));
    const names = new Set(include.map(({ controller }: { controller: string }) => controller));
    expect([...names])
      .to.include.members(['reference', 'traefik', 'kong'])
      .and.to.not.include('existing');
  });

  it('tries what is experimental once, allowed to fail, and all else on every Kubernetes', () => {
    const { include } = JSON.parse(stdout.slice('matrix='.length)) as {
      include: { controller: string; experimental: boolean }[];
    };
    const of = (name: string) => include.filter(({ controller }) => controller === name);
    expect(of('kong').map(({ experimental }) => experimental)).to.deep.equal([true]);
    expect(of('traefik').map(({ experimental }) => experimental)).to.deep.equal([false, false, false]);
  });
});
