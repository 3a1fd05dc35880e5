import { expect } from 'chai';
import { compareVersions } from '../../../src/toolchain/version.ts';

describe('compareVersions', () => {
  it('compares numbers, not text', () => {
    expect(compareVersions('1.10.0', '1.9.9')).to.be.greaterThan(0);
    expect(compareVersions('1.37.2', '1.38')).to.be.lessThan(0);
  });

  it('takes what is left out for zero and leaves a suffix aside', () => {
    expect(compareVersions('2', '2.0.0')).to.equal(0);
    expect(compareVersions('1.32.4-dispatcher', '1.32.4')).to.equal(0);
  });
});
