import { expect } from 'chai';
import { CheckFailed } from '../../../src/kit/failure.ts';
import type { Sample } from '../../../src/kit/stream.ts';
import { expectNoFaults, faultsOf, guardOf } from '../../../src/kit/stream-guard.ts';
import { AssayError } from '../../../src/model/errors.ts';

const spacingMs = 2;
const sent = (lagMs: number, outcome: object): Sample =>
  ({ intendedAtMs: 100, sentAtMs: 100 + lagMs, endedAtMs: 5_200, outcome }) as Sample;
const timedOut = { kind: 'failed', cause: 'timeout' };
const notFound = { kind: 'answered', status: 404 };

const judge = (...samples: readonly Sample[]): unknown => {
  try {
    return expectNoFaults(faultsOf(samples, ['web']), guardOf(samples, spacingMs), 'no request to fail');
  } catch (thrown) {
    return thrown;
  }
};

describe('faults of a stream', () => {
  it('are none where every request was answered by a back-end', () => {
    expect(judge(sent(0, { kind: 'answered', status: 200, backend: 'web' }))).to.equal(undefined);
  });

  it('accuse the controller where requests were sent as intended', () => {
    expect(judge(sent(1, timedOut))).to.be.instanceOf(CheckFailed);
  });

  it('accuse nobody of time-outs where the machine was too busy to send as intended', () => {
    const thrown = judge(sent(2_600, timedOut));
    expect(thrown).to.be.instanceOf(AssayError).and.to.include({ code: 'machine-busy' });
    expect(thrown)
      .to.have.property('message')
      .that.matches(/^no request to fail cannot be judged, .*"timeout":1.*busy$/);
  });

  it('accuse the controller of wrong answers, however busy the machine', () => {
    expect(judge(sent(2_600, timedOut), sent(2_600, notFound))).to.be.instanceOf(CheckFailed);
  });
});
