import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exitCodes } from '../../../src/model/errors.ts';
import { reportSchemaVersion } from '../../../src/model/report.ts';
import { parseReport, readReport } from '../../../src/run/read-report.ts';
import { sampleReport, sampleReportFile } from '../../sample-report.ts';

const text = readFileSync(sampleReportFile, 'utf8');
const ofVersion = (version: number): string =>
  text.replace(`"version": ${reportSchemaVersion}`, `"version": ${version}`);

describe('readReport', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
  });
  after(() => rm(folder, { recursive: true }));

  const readText = async (content: string) => {
    const file = join(folder, 'report.json');
    await writeFile(file, content);
    return readReport(file).catch((error: unknown) => error);
  };

  it('reads what was written', async () => {
    expect(await readText(text)).to.deep.equal(sampleReport);
  });

  const bad: readonly [what: string, content: string, code: string, message: RegExp][] = [
    ['a truncated file', text.slice(0, 1000), 'report-not-json', /is truncated/],
    ['an empty file', '', 'report-not-json', /is not JSON/],
    ['something else', '<testsuites/>', 'report-not-json', /is not JSON/],
    ['JSON of others', '{"tests": 1}', 'report-foreign', /not a report of ingress-assay/],
    ['a newer schema', ofVersion(99), 'report-version', /has schema version 99; .* reads up to \d+$/],
    ['a version that never was', ofVersion(0), 'report-version', /has schema version 0;/],
    [
      'a field of the wrong kind',
      text.replace('"durationMs": 41250', '"durationMs": "long"'),
      'report-invalid',
      /run\.durationMs/,
    ],
  ];
  for (const [what, content, code, message] of bad) {
    it(`names ${what} as a usage error`, async () => {
      const error = await readText(content);
      expect(error).to.include({ code, exitCode: exitCodes.usage });
      expect(error).to.have.property('message').that.matches(message);
    });
  }

  it('says of every beginning of a report that it is truncated', () => {
    for (let length = 1; length < text.trimEnd().length; length += 97) {
      expect(() => parseReport('r.json', text.slice(0, length))).to.throw(/^r\.json is truncated: /);
    }
  });

  it('reads a report that a run left when it was interrupted before it had a cluster', async () => {
    const { cluster: _, benchmark: __, ...rest } = sampleReport;
    const early = { ...rest, run: { ...rest.run, ended: 'interrupted', phases: [] }, checks: [] };
    expect(await readText(JSON.stringify(early))).to.deep.equal(early);
  });

  it('names a file that is not there', async () => {
    const error = await readReport(join(folder, 'absent.json')).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'report-unreadable', exitCode: exitCodes.usage });
  });
});
