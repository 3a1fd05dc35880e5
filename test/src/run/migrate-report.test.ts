import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { reportSchemaVersion } from '../../../src/model/report.ts';
import { packageRoot } from '../../../src/paths.ts';
import { migrated, olderVersions, type ReportOfSomeVersion } from '../../../src/run/migrate-report.ts';
import { readReport } from '../../../src/run/read-report.ts';

/** A report as that version wrote it. It is never brought up to date. */
const fileOf = (version: number) => join(packageRoot, `test/fixtures/reports/version-${version}.json`);
const written = (version: number): ReportOfSomeVersion => JSON.parse(readFileSync(fileOf(version), 'utf8'));

describe('a report of an older version', () => {
  it('can be of every version before this one', () => {
    const before = Array.from({ length: reportSchemaVersion - 1 }, (_, index) => index + 1);
    expect(olderVersions).to.deep.equal(before);
  });

  for (const version of olderVersions) {
    it(`is read as one of this version, with every word it had: version ${version}`, async () => {
      const report = await readReport(fileOf(version));
      expect(report.version).to.equal(reportSchemaVersion);
      expect(report).to.deep.include({ ...written(version), version: reportSchemaVersion });
    });

    it(`is left as it was: version ${version}`, () => {
      const report = written(version);
      migrated(report);
      expect(report).to.deep.equal(written(version));
    });
  }

  it('says of a version 1 that nothing was measured and no log kept', async () => {
    const report = await readReport(fileOf(1));
    expect(report).to.not.have.property('benchmark');
    for (const check of report.checks) expect(check).to.not.have.property('controllerLog');
  });
});
