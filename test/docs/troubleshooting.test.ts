import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/paths.ts';
import { errorSites } from '../error-codes.ts';
import { adviceOn, codes, readAdvice, troubleshootingDocument } from '../troubleshooting-document.ts';

describe('docs/troubleshooting.md', () => {
  const advice = readAdvice();

  it('tells of every error code of the source as it is; if not: npm run docs:troubleshooting', async () => {
    expect(await readFile(join(packageRoot, 'docs/troubleshooting.md'), 'utf8')).to.equal(troubleshootingDocument());
  });

  it('says what to do about each code; if not, the error has to say what is next, or docs/advice.yaml', () => {
    const silent = codes().filter((coded) => adviceOn(coded, advice).length === 0);
    expect(silent.map(([code, sites]) => `${code} (${sites[0]?.file})`)).to.deep.equal([]);
  });

  it('has no advice on a code that is gone', () => {
    const known = new Set(codes().map(([code]) => code));
    expect(Object.keys(advice).filter((code) => !known.has(code))).to.deep.equal([]);
  });

  it('is made of the source: of each way in which an error is made', () => {
    const sites = errorSites();
    const of = (code: string) => sites.find((site) => site.code === code);
    expect(of('report-foreign')).to.deep.include({
      exitCode: 2,
      message: '… is JSON, but not a report of ingress-assay',
      next: 'name the report.json of a run, as in assay-report/report.json',
      file: 'src/run/read-report.ts',
    });
    expect(of('no-cluster')?.exitCode).to.equal(3);
    for (const code of ['bail', 'interrupted', 'unknown-…', 'docker-down', 'out-unwritable'])
      expect(of(code), code).to.not.equal(undefined);
  });
});
