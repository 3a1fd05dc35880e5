import { expect } from 'chai';
import { poolHistory } from '../../../src/kit/pool-history.ts';
import type { Sample } from '../../../src/kit/stream.ts';

const answer = (endedAtMs: number, pod: string): Sample => ({
  intendedAtMs: endedAtMs - 1,
  sentAtMs: endedAtMs - 1,
  endedAtMs,
  outcome: { kind: 'answered', status: 200, pod },
});

describe('the history of a pool', () => {
  const change = { requestedAtMs: 990, answeredAtMs: 1000 };
  const listings = [
    { atMs: 950, members: ['10.0.0.1:80'] },
    { atMs: 1010, members: ['10.0.0.1:80'] },
    { atMs: 1200, members: ['10.0.0.2:80', '10.0.0.1:80'] },
    { atMs: 1300, members: ['10.0.0.1:80', '10.0.0.2:80'] },
  ];

  it('keeps the listings at which something changed, and the last', () => {
    const history = poolHistory(change, listings, [], []);
    expect(history.listings.map(({ atMs }) => atMs)).to.deep.equal([-50, 200, 300]);
  });

  it('counts every answer of each pod in the step it ended in, by the same clock', () => {
    const samples = [answer(940, 'a'), answer(1035, 'a'), answer(1045, 'a'), answer(1245, 'b')];
    const pods = [{ name: 'b', address: '10.0.0.2', readyAtMs: 1150 }];
    const { answers, pods: told } = poolHistory(change, listings, samples, pods);
    expect(answers).to.deep.equal({ fromMs: -60, stepMs: 100, byPod: { a: [2, 1, 0, 0], b: [0, 0, 0, 1] } });
    expect(told).to.deep.equal([{ pod: 'b', address: '10.0.0.2', readyMs: 150 }, { pod: 'a' }]);
  });
});
