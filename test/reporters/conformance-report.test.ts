import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import conformanceReport from '../../reporters/conformance-report.ts';
import type { CheckReport, Report } from '../../src/model/report.ts';
import { packageRoot } from '../../src/paths.ts';
import { sampleReport } from '../sample-report.ts';

const parsed = async (report: Report = sampleReport) => parse(await conformanceReport.render(report));
/** By a program of the Gateway API's Go module, built when it is first wanted. */
const readByGatewayApi = (input: string) =>
  spawnSync('go', ['-C', join(packageRoot, 'test/consumers/gateway-api'), 'run', '.'], { input, encoding: 'utf8' });

const [passed, failed] = sampleReport.checks;
if (passed === undefined || failed === undefined) throw new Error('the sample has checks');
const spec = (id: string, verdict: CheckReport['verdict']): CheckReport => ({ ...passed, id, level: 'spec', verdict });
const core = async (checks: readonly CheckReport[]) => (await parsed({ ...sampleReport, checks })).profiles[0].core;

describe('the conformance report', () => {
  it('names the implementation, the date and a profile for each suite', async () => {
    const report = await parsed();
    expect(report).to.deep.include({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ConformanceReport',
      date: '2026-11-23T06:00:00.000Z',
    });
    expect(report.implementation).to.deep.include({
      project: 'Traefik',
      version: '3.7.15',
      url: 'https://traefik.io/',
    });
    expect(report.profiles.map(({ name }: { name: string }) => name)).to.deep.equal([
      'INGRESS-TUTORIAL',
      'INGRESS-PATH',
    ]);
  });

  it('is read by Gateway API’s own type, field by field', async () => {
    const text = await conformanceReport.render(sampleReport);
    const { status, stdout, stderr } = readByGatewayApi(text);
    const said = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('go: downloading '));
    expect({ status, said }).to.deep.equal({ status: 0, said: [] });
    expect(JSON.parse(stdout)).to.deep.equal(parse(text));
    expect(readByGatewayApi(text.replace('mode: ', 'mood: ')).status).to.equal(1);
  }).timeout(300_000);

  it('counts the spec level as core and the convention level as extended', async () => {
    const [tutorial] = (await parsed()).profiles;
    expect(tutorial.core).to.deep.equal({ result: 'success', statistics: { Passed: 1, Skipped: 0, Failed: 0 } });
    expect(tutorial.extended).to.deep.equal({
      result: 'failure',
      statistics: { Passed: 0, Skipped: 1, Failed: 1 },
      skippedTests: ['tutorial/affinity'],
      failedTests: ['tutorial/hostile'],
      supportedFeatures: ['tutorial/hostile', 'tutorial/affinity'],
      unsupportedFeatures: ['tutorial/external-ips'],
    });
  });

  it('never says success of what was not tried, nor failure of what only the environment failed', async () => {
    const reason = 'the machine was busy';
    expect((await core([spec('a/x', { kind: 'skipped', reason })])).result).to.equal('partial');
    expect((await core([spec('a/x', { kind: 'errored', reason })])).result).to.equal('partial');
    expect(
      (await core([spec('a/x', { kind: 'passed' }), spec('a/y', { kind: 'unsupported', reason })])).result,
    ).to.equal('partial');
    expect((await core([spec('a/x', { kind: 'passed' })])).result).to.equal('success');
  });

  it('says of a level in which there is nothing to try that there is nothing', async () => {
    const checks = sampleReport.checks.filter(({ level }) => level === 'convention');
    const [profile] = (await parsed({ ...sampleReport, checks })).profiles;
    expect(profile.core).to.deep.equal({ result: 'partial', statistics: { Passed: 0, Skipped: 0, Failed: 0 } });
    expect(profile.summary).to.match(/^Core: nothing to try here\. Extended: failure, /);
  });

  it('leaves out a suite that only observes', async () => {
    const checks = sampleReport.checks.filter(({ level }) => level === 'observation');
    expect((await parsed({ ...sampleReport, checks })).profiles).to.deep.equal([]);
  });

  it('says in a comment what it is not, and how verdicts are mapped', async () => {
    const text = await conformanceReport.render(sampleReport);
    expect(text).to.match(/^# .*not a report of Gateway API's own suite/);
    expect(text).to.contain('# The run did not complete: broken-off.');
  });

  it('keeps hostile strings as strings', async () => {
    const title = '"}\n- evil: !!js/function x # \u0000\u001b[2J \u202e';
    const report = await parsed({ ...sampleReport, controller: { ...sampleReport.controller, title } });
    expect(report.implementation.project).to.equal('"}\\n- evil: !!js/function x # \\x00\\x1b[2J \\u202e');
  });
});
