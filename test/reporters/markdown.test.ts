import { expect } from 'chai';
import markdown from '../../reporters/markdown.ts';
import { sampleReport } from '../sample-report.ts';

describe('the Markdown reporter', () => {
  it('shows a table for each suite, with one row for each check', async () => {
    const text = await markdown.render(sampleReport);
    for (const { id } of sampleReport.checks) expect(text).to.match(new RegExp(`^\\|.*\\| ${id} \\|`, 'm'));
    expect(text).to.contain('## tutorial').and.to.contain('## path');
  });

  it('keeps every row of a table in its six columns', async () => {
    const rows = (await markdown.render(sampleReport))
      .split('\n')
      .filter((line) => /^\| \S+ (passed|failed|errored)/.test(line));
    expect(rows).to.have.length(3);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).to.have.length(7);
  });

  it('lets no text from outside become markup', async () => {
    const text = await markdown.render(sampleReport);
    expect(text).not.to.match(/<script|[\u0000\u001b]/);
    expect(text.match(/<details>/g)?.length).to.equal(text.match(/<\/details>/g)?.length);
  });

  it('stays under 1 MiB and says that it was shortened', async () => {
    const [, failed] = sampleReport.checks;
    if (failed === undefined) throw new Error('the sample has a failure');
    const checks = Array.from({ length: 5000 }, (_, index) => ({ ...failed, id: `tutorial/check-${index}` }));
    const text = await markdown.render({ ...sampleReport, checks });
    expect(Buffer.byteLength(text)).to.be.below(1024 * 1024);
    expect(text).to.contain('Shortened: everything is in report.json.');
  });
});
