import { expect } from 'chai';
import annotations from '../../reporters/annotations.ts';
import type { CheckReport, Report } from '../../src/model/report.ts';
import { sampleReport } from '../sample-report.ts';

/** What the runner reads from a line, by the documented rules: a command, its properties, its message. */
function read(line: string) {
  const [, kind, properties = '', message = ''] = /^::(\w+)(?: ([^:]*))?::(.*)$/.exec(line) ?? [];
  const decoded = (text: string) =>
    text
      .replaceAll('%2C', ',')
      .replaceAll('%3A', ':')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%');
  const fields = properties.split(',').map((pair) => pair.split('=', 2));
  return {
    kind,
    fields: Object.fromEntries(fields.map(([key = '', value = '']) => [key, decoded(value)])),
    message: decoded(message),
  };
}

const annotated = async (report: Report) => (await annotations.render(report)).trimEnd().split('\n').map(read);
const [, failed] = sampleReport.checks;
if (failed === undefined) throw new Error('the sample has a failure');
const { knownDeviation: _, ...unexpected } = failed;
const many = (count: number, check: CheckReport) =>
  Array.from({ length: count }, (_, index) => ({ ...check, id: `path/check-${index}` }));

describe('the annotations', () => {
  it('are one command a line, each of a kind that GitHub shows', async () => {
    for (const { kind, fields } of await annotated({ ...sampleReport, checks: [...sampleReport.checks, unexpected] })) {
      expect(kind).to.be.oneOf(['error', 'warning', 'notice']);
      expect(Object.keys(fields)).to.deep.equal(['title']);
    }
  });

  it('say of an unexpected failure what was expected and what came, as an error', async () => {
    const [error] = await annotated({
      ...sampleReport,
      run: { ...sampleReport.run, problem: undefined },
      checks: [unexpected],
    });
    expect(error?.kind).to.equal('error');
    expect(error?.fields.title).to.equal('tutorial/hostile failed (convention)');
    expect(error?.message).to.contain('\nexpected status 200 by backend deploy-test-1\ngot ]]> <script>');
  });

  it('are no error for a failure that is known, nor for a check that could not be judged', async () => {
    const kinds = (await annotated({ ...sampleReport, run: { ...sampleReport.run, problem: undefined } })).map(
      ({ kind }) => kind,
    );
    expect(kinds).to.deep.equal(['warning', 'notice']);
  });

  it('bring back percent signs, line ends, colons and commas as they were', async () => {
    const title = 'a%0Ab: c, d';
    const message = '100 %25\r\n::error::not a command, 50 %';
    const check = { ...unexpected, id: title, title: message };
    const [error] = await annotated({
      ...sampleReport,
      run: { ...sampleReport.run, problem: undefined },
      checks: [check],
    });
    expect(error?.fields.title).to.equal(`${title} failed (convention)`);
    expect(error?.message).to.match(/^100 %25\\x0d\n::error::not a command, 50 %\n/);
  });

  it('are ten errors at most, the last of which counts the rest', async () => {
    const shown = await annotated({ ...sampleReport, checks: many(10_000, unexpected) });
    const errors = shown.filter(({ kind }) => kind === 'error');
    expect(errors).to.have.length(10);
    expect(errors.at(-1)?.fields.title).to.equal('9992 more checks failed');
  });
});
