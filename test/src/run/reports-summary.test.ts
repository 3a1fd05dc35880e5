import { expect } from 'chai';
import { reportsSummary } from '../../../src/run/reports-summary.ts';
import { sampleReport } from '../../sample-report.ts';

const columns = (line: string): number => line.match(/(?<!\\)\|/g)?.length ?? 0;

describe('the summary of several reports', () => {
  it('has a row for each, with what passed, what failed and how much of that is known', () => {
    const lines = reportsSummary([sampleReport, sampleReport]).trimEnd().split('\n');
    expect(lines).to.have.length(4);
    expect(new Set(lines.map(columns)).size).to.equal(1);
    expect(lines[2]).to.contain('| Traefik 3.7.15 | local, Kubernetes v1.37.2 | 1 | 1 (known: 1) | 1 | 1 | 2 | 1 | ');
  });

  it('says of a run under load how many figures it has and how many are void, and nothing of checks where none were planned', () => {
    const { benchmark, ...rest } = sampleReport;
    if (benchmark === undefined) throw new Error('the sample has no benchmark');
    expect(reportsSummary([{ ...rest, benchmark, checks: [] }])).to.match(
      /\| · \| · \| · \| · \| · \| · \| \d+ figures, [1-9]\d* void \|/,
    );
    expect(reportsSummary([rest])).to.contain('| · | broken-off');
  });

  it('stays a table whatever a controller says', () => {
    const title = 'a | b\n| c <script> `';
    const { cluster: _, ...rest } = sampleReport;
    const lines = reportsSummary([{ ...rest, controller: { ...rest.controller, title } }])
      .trimEnd()
      .split('\n');
    expect(new Set(lines.map(columns)).size).to.equal(1);
    expect(lines.at(-1)).to.contain('| none |').and.not.contain('<script>');
  });

  it('stays under 1 MiB and says that it was shortened', () => {
    const text = reportsSummary(Array.from({ length: 10_000 }, () => sampleReport));
    expect(Buffer.byteLength(text)).to.be.below(1024 * 1024);
    expect(text).to.match(/_Shortened: \d+ more reports are left out\._\n$/);
  });
});
