import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compiledModule } from '../../../src/paths.ts';
import { sampleReport, sampleReportFile } from '../../sample-report.ts';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const merge = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [compiledModule('src/cli/main.ts'), 'report', 'merge', ...args],
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
  });

describe('ingress-assay report merge', () => {
  let folder: string;
  let out: string;
  let other: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-merge-'));
    out = join(folder, 'site');
    other = join(folder, 'other.json');
    const run = { ...sampleReport.run, startedAt: '2026-11-24T06:00:00.000Z' };
    await writeFile(
      other,
      JSON.stringify({ ...sampleReport, run, controller: { ...sampleReport.controller, name: 'other' } }),
    );
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes a page for each report, and one that compares them', async () => {
    const { code, stdout } = await merge(sampleReportFile, other, '--html', out);
    expect(code).to.equal(0);
    expect(stdout).to.contain('2 reports:').and.to.contain('index.html (3 pages)');
    expect((await readdir(out)).sort()).to.deep.equal([
      'index.html',
      'other-3.7.15-2026-11-24t06-00.html',
      'traefik-3.7.15-2026-11-23t06-00.html',
    ]);
  });

  it('counts a report that was given twice once, and says so', async () => {
    const twin = join(folder, 'twin.json');
    await writeFile(twin, await readFile(sampleReportFile, 'utf8'));
    const { code, stdout } = await merge(sampleReportFile, other, twin, '--html', out);
    expect(code).to.equal(0);
    expect(stdout).to.contain('is a report of the same run as').and.to.contain('2 reports:');
    expect(await readdir(out)).to.have.length(3);
    expect(await readFile(join(out, 'index.html'), 'utf8')).to.contain('is counted once');
  });

  it('leaves out what it cannot read, by name, and keeps the rest', async () => {
    const broken = join(folder, 'broken.json');
    await writeFile(broken, '{"schema": "ingress-assay/report", "ver');
    const { code, stdout, stderr } = await merge(sampleReportFile, broken, '--html', out);
    expect(code).to.equal(2);
    expect(stderr).to.contain('report-not-json').and.to.contain('truncated');
    expect(stdout).to.contain('broken.json is left out').and.to.contain('1 reports:');
    expect(await readFile(join(out, 'index.html'), 'utf8')).to.contain('broken.json is left out');
  });

  it('refuses a report of a newer schema by name', async () => {
    const newer = join(folder, 'newer.json');
    await writeFile(newer, JSON.stringify({ ...sampleReport, version: 99 }));
    const { code, stderr } = await merge(newer, '--html', out);
    expect(code).to.equal(2);
    expect(stderr).to.contain('newer.json').and.to.contain('99').and.to.contain('nothing-to-merge');
  });

  it('needs files and a folder', async () => {
    expect((await merge('--html', out)).code).to.equal(2);
    expect((await merge(sampleReportFile)).code).to.equal(2);
  });

  it('says which folder takes no files: exit code 3', async () => {
    const { code, stderr } = await merge(sampleReportFile, '--html', '/proc/assay');
    expect(code).to.equal(3);
    expect(stderr).to.contain('out-unwritable').and.to.contain('/proc/assay');
    await mkdir(out);
  });
});
