import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exitCodes } from '../../../src/model/errors.ts';
import { defineReporter } from '../../../src/model/reporter.ts';
import { compiledModule } from '../../../src/paths.ts';
import { claimOut, prepareOut, setAside, writeReports } from '../../../src/run/out-folder.ts';
import { sampleReport } from '../../sample-report.ts';

describe('the report folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made where it is missing, and left empty', async () => {
    const out = join(folder, 'a/b');
    await prepareOut(out);
    expect(await readdir(out)).to.deep.equal([]);
  });

  it('is refused before the work where a file is in its place', async () => {
    await writeFile(join(folder, 'file'), '');
    const error = await prepareOut(join(folder, 'file')).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'out-unwritable', exitCode: exitCodes.usage });
  });

  it('is refused before the work where nobody may write', async () => {
    const error = await prepareOut('/proc/assay-report').catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'out-unwritable', exitCode: exitCodes.environment });
  });

  it('takes one run at a time, and names the one that has it', async () => {
    const { signal } = new AbortController();
    {
      await using _first = await claimOut(folder, 'the first run', signal);
      const error = await claimOut(folder, 'the second run', signal).catch((thrown: unknown) => thrown);
      expect(error).to.include({ code: 'out-in-use', exitCode: exitCodes.environment });
      expect(error).to.have.property('message').that.contains(`process ${process.pid}: the first run`);
    }
    await using _third = await claimOut(folder, 'the third run', signal);
  });

  it('keeps an earlier benchmark from being written over, of whatever schema, and says so', async () => {
    const notes: string[] = [];
    const later = { ...sampleReport, schemaVersion: 1_000_000 };
    await writeFile(join(folder, 'report.json'), JSON.stringify(later));
    await setAside(folder, (line) => notes.push(line));
    const [kept = '', ...more] = await readdir(folder);
    expect(more).to.deep.equal([]);
    expect(kept).to.match(/^report-\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z\.json$/);
    expect(JSON.parse(await readFile(join(folder, kept), 'utf8'))).to.deep.equal(later);
    expect(notes).to.deep.equal([`The benchmark that was in ${folder} is kept as ${kept}.`]);
  });

  it('is refused where an earlier benchmark cannot be put aside, which is left as it was', async () => {
    const text = JSON.stringify(sampleReport);
    await writeFile(join(folder, 'report.json'), text);
    const kept = `report-${sampleReport.run.startedAt.replaceAll(':', '')}.json`;
    await mkdir(join(folder, kept)); // in the way
    const error = await setAside(folder, () => {}).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'out-unwritable', exitCode: exitCodes.environment });
    expect(await readFile(join(folder, 'report.json'), 'utf8')).to.equal(text);
  });

  it('lets an earlier report be written over that no load is in', async () => {
    const { benchmark = { scenarios: [] }, ...checked } = sampleReport;
    const idle = { ...benchmark, scenarios: benchmark.scenarios.map((scenario) => ({ ...scenario, points: [] })) };
    const direct = { scenarios: [{ points: [{ runs: [{ side: 'direct' }] }] }] };
    const loads = [idle, direct].map((load) => JSON.stringify({ ...checked, benchmark: load }));
    for (const text of ['', '{', '[]', JSON.stringify(checked), ...loads]) {
      await writeFile(join(folder, 'report.json'), text);
      await setAside(folder, () => expect.fail('nothing is set aside'));
      expect(await readdir(folder), text).to.deep.equal(['report.json']);
    }
  });

  it('keeps what was finished where the disk is full, and says of each file that it is not there', function () {
    if (spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'true']).status !== 0) return this.skip();
    const mount = 'mount -t tmpfs -o size=96k tmpfs "$1" && exec "$2" "$3" "$1"';
    const program = compiledModule('test/src/run/on-full-disk.ts');
    const args = ['--user', '--map-root-user', '--mount', 'sh', '-c', mount, 'sh', '/mnt', process.execPath, program];
    const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
    expect(stderr).to.equal('');
    const { formats, prepared, merged, problems, left, whole } = JSON.parse(stdout);
    expect(prepared).to.deep.equal({ code: 'out-unwritable', exitCode: exitCodes.environment });
    expect(merged).to.include({
      code: 'out-unwritable',
      exitCode: exitCodes.environment,
      next: 'free some room, or name another folder',
    });
    expect(merged.message).to.match(/report\.json cannot be written: ENOSPC.*; 1 before it are whole$/);
    expect(problems).to.have.length(formats);
    for (const problem of problems)
      expect(problem).to.match(/ENOSPC.*; free some room, or name another folder with --out$/);
    expect({ left, whole }).to.deep.equal({ left: ['filler', 'report.json'], whole: true });
  });

  it('gets the file of every reporter but the one that fails, which is named', async () => {
    const good = (name: string) =>
      defineReporter({ name, summary: '', file: `${name}.txt`, render: () => '\u001b[31mred\u001b[39m' });
    const bad = defineReporter({
      name: 'bad',
      summary: '',
      file: 'bad.txt',
      render: () => {
        throw new Error('a slip');
      },
    });
    const { files, problems } = await writeReports(sampleReport, [good('first'), bad, good('last')], folder);
    expect(files).to.deep.equal([join(folder, 'first.txt'), join(folder, 'last.txt')]);
    expect(problems).to.deep.equal([`reporter bad could not write ${join(folder, 'bad.txt')}: a slip`]);
    expect((await readdir(folder)).sort()).to.deep.equal(['first.txt', 'last.txt']);
    expect(await readFile(join(folder, 'first.txt'), 'utf8')).to.equal('red');
  });
});
