import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Report } from '../../src/model/report.ts';
import { packageRoot } from '../../src/paths.ts';
import { readReporters } from '../../src/run/catalogue.ts';
import { olderVersions } from '../../src/run/migrate-report.ts';
import { readReport } from '../../src/run/read-report.ts';
import { sampleReport } from '../sample-report.ts';

const reporters = await readReporters();
const empty: Report = { ...sampleReport, checks: [], versions: {} };
const { cluster: _, ...withoutCluster } = sampleReport;
const [, failed] = sampleReport.checks;
if (failed === undefined) throw new Error('the sample has a failure');
const large: Report = {
  ...sampleReport,
  checks: Array.from({ length: 10_000 }, (_, index) => ({ ...failed, id: `path/check-${index}` })),
};
const interrupted: Report = {
  ...withoutCluster,
  run: {
    ...sampleReport.run,
    ended: 'interrupted',
    problem: { code: 'interrupted', message: 'by SIGINT' },
    phases: [],
  },
  checks: [],
};
const { benchmark } = sampleReport;
if (benchmark === undefined) throw new Error('the sample has a benchmark');
const onlyBenchmark: Report = { ...sampleReport, checks: [] };
const earlyBenchmark: Report = { ...onlyBenchmark, benchmark: { ...benchmark, scenarios: [], comparisons: [] } };
const unreadable: Report = JSON.parse(
  JSON.stringify(sampleReport).replaceAll(/"(histogram|sendLag)":"[^"]+"/g, '"$1":"rubbish"'),
);

/** Control characters, halves of pairs, anything that a string can hold; the same each time. */
const texts = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { numRuns: 25, seed: 7 });

/** The sample with this text wherever it has one that comes from a controller, a back-end or a cluster. */
const saying = (text: string): Report => ({
  ...sampleReport,
  versions: { ...sampleReport.versions, [text]: text },
  controller: { ...sampleReport.controller, title: text, version: text },
  run: { ...sampleReport.run, problem: { code: 'internal', message: text, next: text } },
  checks: [
    {
      ...failed,
      title: text,
      verdict: { kind: 'failed', failure: { expected: text, actual: text, curl: text } },
      evidence: { [text]: text, list: [{ [text]: 1, text }], convergence: text },
      controllerLog: [text, text],
      knownDeviation: { reason: text, link: text },
    },
    { ...failed, id: 'a/b', verdict: { kind: 'errored', reason: text, code: text } },
    { ...failed, id: 'a/c', verdict: { kind: 'skipped', reason: text } },
    { ...failed, id: 'a/d', level: 'observation', verdict: { kind: 'observed', value: text } },
  ],
});

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

      it('draws 10,000 checks, and a run that was interrupted before any was tried', async () => {
        for (const report of [large, interrupted]) expect(await reporter.render(report)).to.match(/\S/);
      });

      it('draws a benchmark without checks, one that came to no figure, and a histogram that is none', async () => {
        for (const report of [onlyBenchmark, earlyBenchmark, unreadable])
          expect(await reporter.render(report)).to.match(/\S/);
      });

      it('draws a report of every older version', async () => {
        for (const version of olderVersions) {
          const file = join(packageRoot, `test/fixtures/reports/version-${version}.json`);
          expect(await reporter.render(await readReport(file))).to.match(/\S/);
        }
      });

      it('draws whatever text a controller may say, where a report has text', async () => {
        for (const text of texts) expect(await reporter.render(saying(text))).to.be.a('string');
      });

      it('says of a controller that no run of it is recorded', async () => {
        const experimental = { ...sampleReport.controller, experimental: true as const };
        // What a page's own script is made of says nothing of the report.
        const said = async (report: Report) =>
          (await reporter.render(report)).replace(/<script[\s\S]*?<\/script>/g, '');
        expect(await said(sampleReport)).to.not.contain('experimental');
        expect(await said({ ...sampleReport, controller: experimental })).to.contain('experimental');
      });

      it('is a function of the report alone', async () => {
        const before = JSON.stringify(sampleReport);
        expect(await reporter.render(sampleReport)).to.equal(await reporter.render(JSON.parse(before)));
        expect(JSON.stringify(sampleReport)).to.equal(before);
      });
    });
  }
});
