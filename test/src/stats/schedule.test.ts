import { expect } from 'chai';
import fc from 'fast-check';
import { neighbours, type Side, schedule } from '../../../src/stats/schedule.ts';

const count = (turns: readonly Side[], side: Side): number => turns.filter((turn) => turn === side).length;

describe('the schedule', () => {
  it('gives both sides as many runs, and neighbours of either side', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer(), (runs, seed) => {
        const turns = schedule(runs, seed);
        expect(count(turns, 'a')).to.equal(runs);
        expect(count(turns, 'b')).to.equal(runs);
        expect(schedule(runs, seed)).to.deep.equal(turns);
        expect(neighbours(turns, [...turns.keys()])).to.have.length(runs);
      }),
    );
  });

  it('weighs a drift in a straight line the same on both sides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer(), (blocks, seed) => {
        const turns = schedule(2 * blocks, seed);
        const places = (side: Side): number =>
          turns.reduce((total, turn, place) => total + (turn === side ? place : 0), 0);
        expect(places('a')).to.equal(places('b'));
      }),
    );
  });

  it('begins with either side, by the seed', () => {
    const firsts = Array.from({ length: 200 }, (_, seed) => schedule(1, seed)[0] as Side);
    expect(count(firsts, 'a')).to.be.within(70, 130);
  });

  it('pairs each run of a with the run of b beside it, and refuses figures that are missing', () => {
    expect(neighbours(['b', 'a', 'a', 'b'], [1, 2, 3, 4])).to.deep.equal([
      [2, 1],
      [3, 4],
    ]);
    expect(() => neighbours(['a', 'b', 'b', 'a'], [1, 2, 3]))
      .to.throw()
      .with.property('code', 'bad-sample');
  });
});
