import { expect } from 'chai';
import { exitCodes } from '../../../src/model/errors.ts';
import type { CheckReport, Report } from '../../../src/model/report.ts';
import { exitCodeOf, type FailOn } from '../../../src/model/summary.ts';
import { sampleReport } from '../../sample-report.ts';

const [sample] = sampleReport.checks;
const check = (more: Partial<CheckReport>): CheckReport => ({ ...(sample as CheckReport), ...more });
const passed = check({ verdict: { kind: 'passed' } });
const failed = check({ verdict: { kind: 'failed', failure: { expected: 'this', actual: 'that' } } });
const known = { ...failed, knownDeviation: { reason: 'it is so', link: 'https://controller.example/' } };
const report = (...checks: CheckReport[]): Report => {
  const { problem: _, ...run } = sampleReport.run;
  return { ...sampleReport, run: { ...run, ended: 'completed' }, checks };
};

describe('the exit code of a run', () => {
  it('is 0 where every check passed, or failed as its controller is known to', () => {
    expect(exitCodeOf(report(passed))).to.equal(exitCodes.passed);
    expect(exitCodeOf(report(passed, known))).to.equal(exitCodes.passed);
  });

  it('is 1 where a check failed that nobody listed', () => {
    expect(exitCodeOf(report(known, failed))).to.equal(exitCodes.failed);
  });

  it('is 1 for what the caller wants it to be', () => {
    const convention = { ...failed, level: 'convention' as const };
    const codes = (failOn: FailOn) =>
      [passed, known, convention, { ...failed, level: 'spec' as const }].map((one) => exitCodeOf(report(one), failOn));
    expect(codes('spec')).to.deep.equal([0, 0, 0, 1]);
    expect(codes('convention')).to.deep.equal([0, 0, 1, 1]);
    expect(codes('known')).to.deep.equal([0, 1, 1, 1]);
  });

  it('is 3 where a check could not be judged, whatever else failed', () => {
    const errored = check({ verdict: { kind: 'errored', reason: 'the cluster died' } });
    expect(exitCodeOf(report(failed, errored))).to.equal(exitCodes.environment);
  });
});
