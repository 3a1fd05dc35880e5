import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compiledModule } from '../../../src/paths.ts';
import { readReporters } from '../../../src/run/catalogue.ts';
import { sampleReportFile } from '../../sample-report.ts';

describe('the command line', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
  });
  after(() => rm(folder, { recursive: true }));

  const run = (...args: readonly string[]) => runWith(process.env, ...args);
  const runWith = (env: NodeJS.ProcessEnv, ...args: readonly string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        [compiledModule('src/cli/main.ts'), ...args],
        { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 },
        (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });

  const usage: readonly [what: string, args: readonly string[], message: string][] = [
    ['an unknown command', ['conformence'], 'Did you mean conformance?'],
    ['an unknown flag', ['conformance', '--bial'], 'Did you mean --bail?'],
    ['an unknown controller', ['conformance', '--controller', 'treafik'], 'Did you mean traefik?'],
    [
      'a controller file that is not there',
      ['conformance', '--controller', './absent.ts'],
      './absent.ts cannot be read',
    ],
    [
      'an image of one’s own for a cluster that pulls',
      ['conformance', '--cluster', 'kind', '--image', 'my/controller:dev=./c'],
      'load it into the cluster there',
    ],
    ['an unknown cluster', ['conformance', '--cluster', 'locl'], 'Did you mean local?'],
    ['an unknown suite', ['conformance', '--suite', 'tutoriel'], 'Did you mean tutorial?'],
    ['an unknown check', ['conformance', 'tutorial/session-afinity'], 'Did you mean tutorial/session-affinity?'],
    ['an unknown mocha reporter', ['conformance', '--reporter', 'sepc'], 'Did you mean spec?'],
    ['a pattern that is none', ['conformance', '--grep', '('], 'is not a regular expression'],
    ['a pattern that nothing matches', ['conformance', '--grep', 'no such check'], 'no check is selected'],
    ['two things on stdout', ['conformance', '--json', '--reporter', 'spec'], 'both write to stdout'],
    ['an unknown report format', ['report', sampleReportFile, '--format', 'mardown'], 'Did you mean markdown?'],
    ['a report that is not there', ['report', 'absent.json'], 'absent.json cannot be read'],
  ];
  for (const [what, args, message] of usage) {
    it(`refuses ${what} with exit code 2, on stderr`, async () => {
      const { code, stdout, stderr } = await run(...args);
      expect(stderr).to.contain(message);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    });
  }

  it('says what happened and what to do next, with a stack only when asked', async () => {
    const { stderr } = await run('conformance', '--controller', 'nginxx');
    expect(stderr).to.match(/^error unknown-controller .*\n {2}next ingress-assay list\n$/);
    expect((await run('--verbose', 'conformance', '--controller', 'nginxx')).stderr).to.match(/\n {4}at /);
  });

  it('takes settings from ingress-assay.yaml, and flags before them', async () => {
    const file = join(folder, 'ingress-assay.yaml');
    await writeFile(file, 'grep: external-ips\n');
    try {
      expect((await run('conformance', '--list')).stdout.match(/tutorial\//g)).to.have.length(1);
      expect((await run('conformance', '--list', '--grep', 'by-name')).stdout).to.contain(
        'tutorial/backends-answer-by-name',
      );
    } finally {
      await rm(file);
    }
  });

  it('lists everything there is as JSON', async () => {
    const { code, stdout } = await run('list', '--json');
    const all = JSON.parse(stdout);
    expect(code).to.equal(0);
    expect(all.checks.length).to.be.above(10);
    for (const kind of ['controllers', 'clusters', 'reporters']) expect(all[kind], kind).to.not.be.empty;
  });

  it('lists what no run is recorded of as experimental, and nothing else', async () => {
    const { stdout } = await run('list');
    expect(stdout).to.match(/^ {2}kong .*\(experimental: no recorded run\)$/m);
    expect(stdout).to.match(/^ {2}traefik .*\d$/m);
    expect(stdout).to.match(/^ {2}k3s .*\(experimental: no recorded run\)$/m);
  });

  it('shows help with examples for each command', async () => {
    for (const command of ['conformance', 'report', 'cluster', 'cleanup', 'doctor']) {
      const { code, stdout } = await run(command, '--help');
      expect(code).to.equal(0);
      expect(stdout, command).to.contain('$ ingress-assay ');
    }
  });

  it('draws a report again, to stdout or into a file, without colour where nobody sees it', async () => {
    const { code, stdout } = await run('report', sampleReportFile);
    expect(code).to.equal(0);
    expect(stdout).to.contain('✗ tutorial/hostile').and.not.contain('\u001b');
    const out = join(folder, 'junit.xml');
    expect((await run('report', sampleReportFile, '--format', 'junit', '--out', out)).code).to.equal(0);
    expect(await readFile(out, 'utf8')).to.match(/^<\?xml /);
  });

  it('shows a report as the run did: phases, a line for each check that was tried, the table', async () => {
    const { code, stdout } = await run('report', 'show', sampleReportFile);
    expect(code).to.equal(0);
    expect(stdout).to.match(/^✓ cluster \(9\.0 s\)\n/);
    expect(stdout).to.match(/^The tutorial: .*\n {2}✓ Each host reaches its Service \(120 ms\)$/m);
    expect(stdout).to.contain('  = Editing the rule takes effect: under 2 s (21.0 s)\n');
    expect(stdout)
      .to.contain('✗ tutorial/hostile')
      .and.to.match(/7\.15 on local .* broken off\n$/);
    expect((await run('report', 'show', 'absent.json')).code).to.equal(2);
  });

  it('sums up several reports as rows of a table, and says of one that cannot be read', async () => {
    const { code, stdout, stderr } = await run('report', 'summary', sampleReportFile, 'absent.json', sampleReportFile);
    expect(stdout.match(/^\| Traefik 3\.7\.15 \|/gm)).to.have.length(2);
    expect({ code, told: stderr.split(' ', 2) }).to.deep.equal({ code: 2, told: ['error', 'report-unreadable'] });
  });

  it('keeps a file that it cannot write anew, and leaves nothing half', async () => {
    const out = join(folder, 'old.xml');
    await writeFile(out, 'old');
    expect((await run('report', 'absent.json', '--out', out)).code).to.equal(2);
    const absent = join(folder, 'absent', 'report.xml');
    const { code, stderr } = await run('report', sampleReportFile, '--out', absent);
    expect({ code, old: await readFile(out, 'utf8') }).to.deep.equal({ code: 3, old: 'old' });
    expect(stderr).to.contain('out-unwritable').and.to.contain('--out');
    expect((await run('report', sampleReportFile, '--out', '/dev/full')).code).to.equal(3);
    expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).to.deep.equal([]);
  });

  it('goes on where nobody reads its output any more, and says when output is lost for another reason', async () => {
    const script = `"$@" list | true; echo done; "$@" list > /dev/full`;
    const { code, stdout, stderr } = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const argv = ['-c', script, 'sh', process.execPath, compiledModule('src/cli/main.ts')];
      const child = execFile('sh', argv, (_error, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });
    expect({ code, stdout }).to.deep.equal({ code: 3, stdout: 'done\n' });
    expect(stderr).to.match(/^error output-lost .*ENOSPC.*\n$/);
  });

  it('leaves every format of a run that never came to a cluster, and tells GitHub what broke it off', async () => {
    const out = join(folder, 'early');
    const args = ['conformance', '--cluster', 'existing', '--kubeconfig', '/absent', '--context', 'x', '--out', out];
    const onGitHub = { ...process.env, GITHUB_ACTIONS: 'true' };
    const { code, stdout } = await runWith(onGitHub, ...args);
    expect(code).to.equal(2);
    const [, token, after] = /^::stop-commands::(\S+)\n.*\n::\1::\n(.*)$/s.exec(stdout) ?? [];
    expect(token).to.match(/\S/);
    expect(after).to.match(/^::error title=kubeconfig-missing::there is no file \/absent%0Anext: .*\n::notice title=/);
    const files = (await readReporters()).map(({ file }) => file);
    expect(await readdir(out)).to.include.members(files);
    expect(await readFile(join(out, 'junit.xml'), 'utf8')).to.contain('kubeconfig-missing: there is no file /absent');
    expect((await run(...args)).stdout).to.not.match(/^::/m);
  });

  it('finds a report folder that cannot be written before any work', async () => {
    const { code, stderr } = await run('conformance', '--out', '/proc/assay-report');
    expect(code).to.equal(3);
    expect(stderr).to.contain('out-unwritable').and.to.contain('--out');
  });
});
