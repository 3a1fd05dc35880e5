import { expect } from 'chai';
import { changeLatency, summaryOf } from '../../../src/kit/latency.ts';
import type { Sample } from '../../../src/kit/stream.ts';

const change = { requestedAtMs: 1000, answeredAtMs: 1010 };
const answered = (sentAtMs: number, endedAtMs: number, backend: string): Sample => ({
  intendedAtMs: sentAtMs,
  sentAtMs,
  endedAtMs,
  outcome: { kind: 'answered', status: 200, backend },
});
const failed = (sentAtMs: number, cause: 'reset' | 'timeout'): Sample => ({
  intendedAtMs: sentAtMs,
  sentAtMs,
  endedAtMs: sentAtMs + 1,
  outcome: { kind: 'failed', cause },
});
const latency = (...samples: Sample[]) => changeLatency(samples, change, ({ backend }) => backend === 'new');

describe('the latency of a change', () => {
  it('is from the answer of the API to the first correct and to the last stale answer', () => {
    const samples = [answered(990, 992, 'old'), answered(1012, 1014, 'old'), answered(1015, 1017, 'new')];
    const late = [answered(1016, 1030, 'old'), answered(1040, 1042, 'new')];
    expect(latency(...samples, ...late)).to.deep.equal({
      firstCorrectMs: 7,
      lastStaleMs: 20,
      resolutionMs: 24,
    });
  });

  it('is known no closer than requests were sent while it was unknown', () => {
    const before = [answered(100, 101, 'old'), answered(500, 501, 'old'), answered(995, 996, 'old')];
    const meanwhile = [answered(1005, 1007, 'old'), answered(1200, 1203, 'new'), answered(1202, 1204, 'new')];
    expect(latency(...before, ...meanwhile, answered(9000, 9001, 'new')).resolutionMs).to.equal(195);
  });

  it('is below zero where the change took effect before the API had answered', () => {
    expect(latency(answered(1001, 1003, 'new')).firstCorrectMs).to.equal(-7);
  });

  it('leaves out requests sent before the change was asked for', () => {
    expect(latency(answered(999, 1500, 'old'), answered(999, 1001, 'new'))).to.deep.equal({
      firstCorrectMs: undefined,
      lastStaleMs: undefined,
      resolutionMs: undefined,
    });
  });

  it('takes a request without an answer for neither', () => {
    const { firstCorrectMs, lastStaleMs } = latency(failed(1011, 'reset'), failed(1013, 'timeout'));
    expect([firstCorrectMs, lastStaleMs]).to.deep.equal([undefined, undefined]);
  });
});

describe('a summary', () => {
  it('has the extremes, the median and the 90th percentile by nearest rank', () => {
    const values = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5];
    expect(summaryOf(values)).to.deep.equal({ count: 10, min: 1, median: 5.5, p90: 9, max: 10 });
    expect(summaryOf([3, 1, 2])).to.deep.equal({ count: 3, min: 1, median: 2, p90: 3, max: 3 });
    expect(summaryOf([4])).to.deep.equal({ count: 1, min: 4, median: 4, p90: 4, max: 4 });
  });

  it('has nothing to say of no values', () => {
    expect(summaryOf([])).to.equal(undefined);
  });
});
