import { assert, expect } from 'chai';
import { CheckFailed, CheckUnsupported } from '../../../src/kit/failure.ts';
import { environmentError, interrupted } from '../../../src/model/errors.ts';
import { verdictOfReturned, verdictOfThrown } from '../../../src/run/judge.ts';
import { checkOf } from './check-of.ts';

const thrownBy = (body: () => void): unknown => {
  try {
    body();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
};

const spec = { level: 'spec' } as const;

describe('the verdict of what a check threw', () => {
  it('is failed for a refuted claim, with its failure as it stands', () => {
    const failure = { expected: 'status 200', actual: 'status 404', curl: 'curl http://10.0.0.1/' };
    expect(verdictOfThrown(new CheckFailed(failure), spec)).to.deep.equal({ kind: 'failed', failure });
  });

  it('is failed for a chai assertion, with what was expected and what was there', () => {
    const equal = thrownBy(() => expect([1, 2], 'members of the pool').to.deep.equal([1, 3]));
    expect(verdictOfThrown(equal, spec)).to.deep.equal({
      kind: 'failed',
      failure: { expected: 'members of the pool: [ 1, 3 ]', actual: '[ 1, 2 ]' },
    });
    const above = thrownBy(() => expect(3).to.be.above(5));
    expect(verdictOfThrown(above, spec)).to.deep.nested.include({
      kind: 'failed',
      'failure.expected': 'expected 3 to be above 5',
      'failure.actual': '3',
    });
    expect(
      verdictOfThrown(
        thrownBy(() => assert.fail('no')),
        spec,
      ),
    ).to.have.property('kind', 'failed');
  });

  it('is unsupported where the check finds that it cannot be tried here', () => {
    const thrown = new CheckUnsupported('nothing leads there');
    expect(verdictOfThrown(thrown, { level: 'spec' })).to.deep.equal({
      kind: 'unsupported',
      reason: 'nothing leads there',
    });
  });

  it('is errored, never failed, for a fault of the environment', () => {
    expect(verdictOfThrown(environmentError('etcd-died', 'etcd died', { next: 'look' }), spec)).to.deep.equal({
      kind: 'errored',
      reason: 'etcd died (next: look)',
      code: 'etcd-died',
    });
  });

  it('is errored for what nobody foresaw', () => {
    expect(verdictOfThrown(new TypeError('x is not a function'), spec)).to.include({
      kind: 'errored',
      code: 'internal',
    });
    expect(verdictOfThrown('a string', spec)).to.include({ kind: 'errored', reason: 'a string' });
  });

  it('is skipped for an observation that was refuted: it claims nothing', () => {
    const thrown = new CheckFailed({ expected: 'a route', actual: 'none' });
    expect(verdictOfThrown(thrown, { level: 'observation' })).to.deep.equal({
      kind: 'skipped',
      reason: 'nothing to observe: expected a route, got none',
    });
  });

  it('is skipped for an interruption', () => {
    expect(verdictOfThrown(interrupted('SIGINT'), spec)).to.deep.equal({
      kind: 'skipped',
      reason: 'interrupted by SIGINT',
    });
  });
});

describe('the verdict of a check that ended in peace', () => {
  const observation = checkOf('a/b', { level: 'observation', values: ['cookie', 'address'] });

  it('is passed, or observed with a declared value', () => {
    expect(verdictOfReturned(checkOf('a/b'), undefined)).to.deep.equal({ kind: 'passed' });
    expect(verdictOfReturned(observation, { value: 'cookie' })).to.deep.equal({ kind: 'observed', value: 'cookie' });
  });

  it('is errored for an observation without a declared value', () => {
    for (const returned of [undefined, { value: 'header' }]) {
      expect(verdictOfReturned(observation, returned)).to.include({ kind: 'errored', code: 'observation-undeclared' });
    }
  });
});
