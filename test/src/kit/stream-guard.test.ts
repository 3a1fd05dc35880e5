import { expect } from 'chai';
import { CheckFailed } from '../../../src/kit/failure.ts';
import type { Sample } from '../../../src/kit/stream.ts';
import { expectNoFault, guardOf, neverCame } from '../../../src/kit/stream-guard.ts';

const options = {
  place: { kind: 'external' },
  request: { address: '10.0.0.1', port: 30000, host: 'a.example' },
  spacingMs: 2,
} as const;

type Outcome = Sample['outcome'];
const good: Outcome = { kind: 'answered', status: 200, backend: 'web', pod: 'web-1' };
const failed = (cause: 'reset' | 'timeout' | 'other'): Outcome => ({ kind: 'failed', cause });

/** A stream of these outcomes, every request of which left so late. */
const samples = (outcomes: readonly Outcome[], lagMs = 0): readonly Sample[] =>
  outcomes.map((outcome, index) => {
    const intendedAtMs = 1000 + index * options.spacingMs;
    return { intendedAtMs, sentAtMs: intendedAtMs + lagMs, endedAtMs: intendedAtMs + lagMs + 1, outcome };
  });

/** The same on a machine where so many tasks want each CPU. */
const amid = (runnablePerCpu: number, some: readonly Sample[]): readonly Sample[] =>
  some.map((sample) => ({ ...sample, runnablePerCpu }));

function judged(outcomes: readonly Outcome[], lagMs = 0, crowd = 0) {
  const evidence: Record<string, unknown> = {};
  const kit = { record: (name: string, value: unknown) => void Object.assign(evidence, { [name]: value }) };
  let thrown: unknown;
  try {
    expectNoFault(kit, amid(crowd, samples(outcomes, lagMs)), options, ['web'], 'no request to fail');
  } catch (error) {
    thrown = error;
  }
  return { thrown, meanwhile: evidence['requests meanwhile'] };
}

describe('the judgement of a stream', () => {
  it('accepts one in which every request was answered by the right back-end, however late it was sent', () => {
    expect(judged([good, good]).thrown).to.equal(undefined);
    expect(judged([good, good], 50).thrown).to.equal(undefined);
  });

  it('fails one with faults, and says what went wrong, when, and how to send such a request by hand', () => {
    const other: Outcome = { kind: 'answered', status: 200, backend: 'api' };
    const { thrown, meanwhile } = judged([good, failed('reset'), { ...good, status: 502 }, other, failed('reset')]);
    expect(thrown).to.be.instanceOf(CheckFailed);
    const { expected, actual, curl } = (thrown as CheckFailed).failure;
    expect([expected, actual]).to.deep.equal([
      'no request to fail',
      'of 5 requests: 2 reset, 1 status 502, 1 wrong back-end api',
    ]);
    expect(curl).to.contain('http://10.0.0.1:30000/');
    expect(meanwhile).to.deep.include({
      faults: { reset: 2, 'status 502': 1, 'wrong back-end api': 1 },
      faultsAfterStart: [
        { atMs: 2, fault: 'reset' },
        { atMs: 4, fault: 'status 502' },
        { atMs: 6, fault: 'wrong back-end api' },
        { atMs: 8, fault: 'reset' },
      ],
    });
  });

  it('accuses nobody of a request that could not be made', () => {
    expect(judged([good, failed('other'), failed('reset')]).thrown).to.include({ code: 'probe-broken' });
  });

  it('accuses nobody of time-outs on a machine that could not even send in time', () => {
    expect(judged([good, failed('timeout')], 50).thrown).to.include({ code: 'machine-busy' });
    expect(judged([good, failed('timeout')]).thrown).to.be.instanceOf(CheckFailed);
    expect(judged([failed('reset'), failed('timeout')], 50).thrown).to.be.instanceOf(CheckFailed);
  });

  it('accuses nobody of anything on a crowded machine', () => {
    const outcomes = [good, failed('reset')];
    const { thrown, meanwhile } = judged(outcomes, 0, 15);
    expect(thrown).to.include({ code: 'machine-busy' });
    expect(meanwhile).to.include({ runnablePerCpu: 15, guard: 'void: 15 tasks wanted each CPU of the machine' });
    expect(judged(outcomes, 0, 4).thrown).to.be.instanceOf(CheckFailed);
    expect(judged([good, good], 0, 15).thrown).to.equal(undefined);
  });
});

describe('what never came in a stream', () => {
  const missed = (outcomes: readonly Outcome[], lagMs = 0) =>
    neverCame('an answer of api within 60 ms', samples(outcomes, lagMs), options);

  it('is the controller’s failure, with the last answer', () => {
    expect(missed([failed('timeout'), good], 50)).to.be.instanceOf(CheckFailed);
    expect(missed([good, failed('timeout')])).to.be.instanceOf(CheckFailed);
  });

  it('is nobody’s where the last request timed out on a machine that could not even send in time', () => {
    const error = missed([good, failed('timeout')], 50);
    expect(error).to.include({ code: 'machine-busy' });
    expect(error.message).to.contain('none in 2 requests; the last: timeout, but the stream is void');
  });

  it('is nobody’s on a crowded machine', () => {
    const crowded = neverCame('an answer of api within 60 ms', amid(15, samples([good])), options);
    expect(crowded).to.include({ code: 'machine-busy' });
  });
});

describe('the guard of a stream', () => {
  it('holds where nine requests of ten left within one spacing', () => {
    const [late] = samples([good], 50);
    const nine = samples(Array.from({ length: 9 }, () => good));
    expect(guardOf([...nine, ...(late ? [late] : [])], 2).guard).to.equal('held');
    expect(guardOf([...nine, ...samples([good, good], 50)], 2).guard).to.match(/^void: .* 50\.0 ms late/);
  });

  it('is void of no request at all', () => {
    expect(guardOf([], 2).guard).to.match(/^void/);
  });
});
