import { expect } from 'chai';
import { routesOfOthers } from '../../../../src/run/benchmark/many-routes.ts';

describe('the routes of others that a side takes its own in beside', () => {
  it('are those it had before, and of who went first also the new ones', () => {
    expect(routesOfOthers(1, 0, 100)).to.deep.equal([0]);
    expect(routesOfOthers(2, 0, 100)).to.deep.equal([0, 100]);
    expect(routesOfOthers(2, 100, 1000)).to.deep.equal([100, 1000]);
  });
});
