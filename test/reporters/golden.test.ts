import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { goldenFile, goldenReporters } from '../golden.ts';
import { sampleReport } from '../sample-report.ts';

describe('what a format makes of the sample report', () => {
  for (const reporter of goldenReporters) {
    it(`is what was last read and found good: ${reporter.file}; if it should differ: npm run docs:golden`, async () => {
      expect(await reporter.render(sampleReport)).to.equal(await readFile(goldenFile(reporter), 'utf8'));
    });
  }
});
