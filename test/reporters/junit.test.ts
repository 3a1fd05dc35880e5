import { expect } from 'chai';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import junit from '../../reporters/junit.ts';
import { sampleReport } from '../sample-report.ts';

describe('the JUnit reporter', () => {
  it('is well-formed whatever the controller said', async () => {
    expect(XMLValidator.validate(await junit.render(sampleReport))).to.equal(true);
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
