import { expect } from 'chai';
import type { Report } from '../../src/model/report.ts';
import { readReporters } from '../../src/run/catalogue.ts';
import { sampleReport } from '../sample-report.ts';

const reporters = await readReporters();
const empty: Report = { ...sampleReport, checks: [], versions: {} };
const { cluster: _, ...withoutCluster } = sampleReport;

describe('every reporter', () => {
  it('writes into a file of its own', () => {
    expect(new Set(reporters.map(({ file }) => file)).size).to.equal(reporters.length);
  });

  for (const reporter of reporters) {
    describe(reporter.name, () => {
      it('says what it is for, and names a file without a folder', () => {
        expect(reporter.summary).to.match(/\S/);
        expect(reporter.file).to.match(/^[a-z-]+\.[a-z]+$/);
      });

      it('draws hostile strings, an empty run, and one that never had a cluster', async () => {
        for (const report of [sampleReport, empty, withoutCluster]) {
          expect(await reporter.render(report)).to.match(/\S/);
        }
      });

      it('says of a controller that no run of it is recorded', async () => {
        const experimental = { ...sampleReport.controller, experimental: true as const };
        expect(await reporter.render(sampleReport)).to.not.contain('experimental');
        expect(await reporter.render({ ...sampleReport, controller: experimental })).to.contain('experimental');
      });

      it('is a function of the report alone', async () => {
        const before = JSON.stringify(sampleReport);
        expect(await reporter.render(sampleReport)).to.equal(await reporter.render(JSON.parse(before)));
        expect(JSON.stringify(sampleReport)).to.equal(before);
      });
    });
  }
});
