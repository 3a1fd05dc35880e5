import { expect } from 'chai';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
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

  it('is drawn as GitHub draws it: tables of six columns, folds that close, no markup of others', async () => {
    const text = await markdown.render(sampleReport);
    const html = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
    const rows =
      html.match(/<tr>\s*<td>\S+ (passed|failed|errored|unsupported|skipped|observed)<\/td>.*?<\/tr>/gs) ?? [];
    expect(rows).to.have.length(sampleReport.checks.length);
    for (const row of rows) expect(row.match(/<td/g)).to.have.length(6);
    const tags = new Set([...html.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, tag]) => tag));
    const known = [
      'a',
      'b',
      'blockquote',
      'br',
      'code',
      'details',
      'em',
      'h1',
      'h2',
      'h3',
      'li',
      'p',
      'pre',
      's',
      'strong',
      'summary',
      'table',
    ];
    expect(
      [...tags].filter((tag = '') => ![...known, 'tbody', 'td', 'th', 'thead', 'tr', 'ul'].includes(tag)),
    ).to.deep.equal([]);
  });

  it('shows of a failure what the controller logged', async () => {
    expect(await markdown.render(sampleReport)).to.contain('the controller logged:\n2026-11-23T06:00:03');
  });

  it('closes every fold where it is shortened, wherever that is', async () => {
    const versions = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`part ${index}`, 'v'.repeat(250)]));
    const [first] = sampleReport.checks;
    if (first === undefined) throw new Error('the sample has checks');
    for (let count = 2300; count < 2700; count += 130) {
      const checks = Array.from({ length: count }, (_, index) => ({
        ...first,
        id: `a/${index}`,
        title: 't'.repeat(290),
      }));
      const text = await markdown.render({ ...sampleReport, versions, checks });
      expect(Buffer.byteLength(text)).to.be.below(1024 * 1024);
      expect(text.match(/<details>/g)?.length).to.equal(text.match(/<\/details>/g)?.length);
    }
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
