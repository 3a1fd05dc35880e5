import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exitCodes } from '../../../src/model/errors.ts';
import { defineReporter } from '../../../src/model/reporter.ts';
import { claimOut, prepareOut, writeReports } from '../../../src/run/out-folder.ts';
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
