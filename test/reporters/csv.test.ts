import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import csv from '../../reporters/csv.ts';
import type { Report } from '../../src/model/report.ts';
import { sampleReport } from '../sample-report.ts';

const parsed = async (report: Report = sampleReport): Promise<Record<string, string>[]> =>
  parse(await csv.render(report), { columns: true, record_delimiter: '\r\n', relax_quotes: false });
const numbers = (rows: readonly Record<string, string>[]) => rows.map(({ value }) => Number(value));

describe('the CSV reporter', () => {
  it('has a header and as many fields in each record, by RFC 4180', async () => {
    const text = await csv.render(sampleReport);
    expect(text.endsWith('\r\n')).to.equal(true);
    expect(text.replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
    const rows = await parsed();
    expect(rows.length).to.be.greaterThan(100);
    for (const row of rows) expect(row.value).to.match(/^-?\d+(\.\d+)?(e-?\d+)?$/);
  });

  it('has each sample that a check has kept, with its unit', async () => {
    const edits = (await parsed()).filter(({ name }) => name?.endsWith('edits: firstCorrectMs'));
    expect(numbers(edits)).to.deep.equal([640.25, 1200, 1650.5, 1990]);
    expect(edits.map(({ unit, detail }) => [unit, detail])[1]).to.deep.equal(['ms', 'to backend-svc-2']);
  });

  it('has each run of a benchmark, with the reason why one is void', async () => {
    const runs = (await parsed()).filter(({ part, name }) => part === 'run' && name === 'throughput');
    expect(runs).to.have.length(9);
    expect(runs.filter((row) => row.void !== '').map((row) => [row.side, row.sample, row.void])).to.deep.equal([
      ['b', '8', 'generator-cpu: busiest thread at 97 %, at most 85 %'],
    ]);
  });

  it('has the percentiles of the histograms, and leaves one out that cannot be read', async () => {
    const isLatency = ({ name }: Record<string, string>) => name === 'latency p99 since intended';
    expect((await parsed()).filter(isLatency)).to.have.length(9);
    const broken: Report = JSON.parse(
      JSON.stringify(sampleReport).replaceAll(/"histogram":"[^"]+"/g, '"histogram":"rubbish"'),
    );
    const rows = await parsed(broken);
    expect(rows.filter(isLatency)).to.have.length(0);
    expect(rows.filter(({ name }) => name === 'answered')).to.not.have.length(0);
  });

  it('lets no text begin a formula in a spreadsheet', async () => {
    const bad = ['=1+1', '+1', '-1+A1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1', '"=1"', ',=1'];
    const [first] = sampleReport.checks;
    if (first === undefined) throw new Error('the sample has checks');
    const checks = bad.map((text) => ({ ...first, id: text, evidence: { [text]: [{ [text]: 1, text }] } }));
    const controller = { ...sampleReport.controller, title: '=cmd|A1' };
    for (const row of await parsed({ ...sampleReport, controller, checks })) {
      for (const [column, value] of Object.entries(row)) {
        if (column !== 'value') expect(value, column).to.not.match(/^\s*[=+\-@＝]/);
      }
    }
  });
});
