import { expect } from 'chai';
import { requestsToMeet } from '../../../src/kit/spread.ts';

describe('requestsToMeet', () => {
  it('is enough for all pods to be met but once in a million times, and no more than needed', () => {
    const missed = (pods: number, requests: number) => pods * (1 - 1 / pods) ** requests;
    for (const pods of [2, 3, 4, 10]) {
      expect(missed(pods, requestsToMeet(pods))).to.be.at.most(1e-6);
      expect(missed(pods, requestsToMeet(pods) - 1)).to.be.above(1e-6);
    }
  });

  it('is one for a single pod', () => {
    expect(requestsToMeet(1)).to.equal(1);
  });
});
