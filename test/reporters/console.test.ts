import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import consoleReporter from '../../reporters/console.ts';
import { sampleReport } from '../sample-report.ts';

const render = async (report = sampleReport) => stripVTControlCharacters(await consoleReporter.render(report));

describe('the console reporter', () => {
  it('counts verdicts by suite and level', async () => {
    expect(await render()).to.match(/^ {2}tutorial {2}convention +· +1 +1 +1 +· +·$/m);
  });

  it('shows of a failure what was expected, what came, the rule, its source, the curl line and the evidence', async () => {
    const text = await render();
    expect(text).to.contain('expected  status 200 by backend deploy-test-1');
    expect(text).to.contain(
      'required  Each rule sends its host to its Service.\n               https://kubernetes.io/',
    );
    expect(text).to.contain("try       curl -sS -H 'Host: website8080.com' http://10.244.0.7:8000/");
    expect(text).to.contain('evidence  report.json, checks[1]');
  });

  it('shows the figures that checks have measured', async () => {
    expect(await render()).to.contain(
      '  tutorial/reconfiguration\n    latencyMs: min 640, median 1200, p90 1650, max 1990\n',
    );
  });

  it('tells a reason that several checks share once', async () => {
    expect((await render()).match(/not tried: the controller died/g)).to.have.length(1);
  });

  it('ends with what broke the run off, and one line of sums', async () => {
    const text = await render();
    expect(text)
      .to.contain('! controller-died the controller')
      .and.to.contain('log       assay-report/logs/controller.log');
    expect(text.trimEnd().split('\n').at(-1)).to.equal(
      'Traefik 3.7.15 on local (Kubernetes v1.37.2): 1 passed, 1 failed, 1 errored, 1 unsupported, 2 skipped, 1 observed, load at 2 points, 1 of them void in part (failures known: 1) in 41.3 s, broken off',
    );
  });

  it('lets no text from outside act on the terminal', async () => {
    expect(await render()).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});
