import { expect } from 'chai';
import type { Slot } from '../../../load/open-loop/slot.ts';
import { counting, leewayMs } from '../../../load/open-loop/tally.ts';
import type { LoadShape } from '../../../src/model/load.ts';

const [fromUs, untilUs] = [1_000_000, 3_000_000];

/** What is counted of right answers to requests that were due and sent, and came, at these times. */
function tallyOf(shape: LoadShape['kind'], requests: readonly (readonly [sentUs: number, answeredUs: number])[]) {
  const { tally, sent, ended } = counting(shape, fromUs, untilUs, () => {});
  for (const [sentUs, answeredUs] of requests) {
    const slot = { intendedUs: sentUs, sentUs, freeUs: 0 } as Slot;
    sent(slot);
    ended(slot, undefined, 3, answeredUs);
  }
  return tally;
}

describe('what the open-loop engine counts', () => {
  it('is under saturation every answer that comes within the time, though the warm-up asked for it', () => {
    // One connection, 300 ms for each answer: the first is under way when the time begins, the last when it is over.
    const requests = Array.from(
      { length: 8 },
      (_, index) => [800_000 + index * 300_000, 1_100_000 + index * 300_000] as const,
    );
    expect(tallyOf('saturation', requests)).to.include({ answeredWithin: 7, answered: 7, offered: 7 });
  });

  it('is at a rate what was due within the time', () => {
    const tally = tallyOf('rate', [
      [fromUs - 1, fromUs + 1],
      [fromUs, fromUs + 1],
      [untilUs - 1, untilUs],
    ]);
    expect(tally).to.include({ offered: 2, answered: 2, answeredWithin: 1 });
  });

  it('is nothing of the warm-up, though all of it goes the same way', () => {
    const given: number[] = [];
    const { tally, sent, ended, neverSent, opened, late, settle } = counting('rate', fromUs, untilUs, ({ index }) =>
      given.push(index),
    );
    for (const us of [0, 450_000, fromUs - 1]) {
      const slot = { intendedUs: us, sentUs: us, freeUs: us + 1 } as Slot;
      sent(slot);
      ended(slot, undefined, 3, us + 5);
      sent(slot);
      ended(slot, 'reset', 3, us + 5);
      neverSent(us);
      opened(us);
      late(us, 7);
    }
    settle(untilUs);
    const { thirds, sendLag, loopLag, failures, starved, ...counts } = tally;
    expect(counts).to.satisfy(() => Object.values(counts).every((count) => count === 0));
    expect([failures, starved]).to.deep.equal([{}, {}]);
    for (const times of [...thirds, sendLag, loopLag]) expect(times.every((count) => count === 0)).to.equal(true);
    expect(given).to.deep.equal([]);

    neverSent(fromUs);
    settle(untilUs);
    expect(given).to.deep.equal([0]);
  });

  it('is in time where it comes before the end, of what was due early enough for that', () => {
    const lateUs = untilUs - leewayMs * 1000;
    const tally = tallyOf('rate', [
      [fromUs, fromUs + 1],
      [lateUs - 1, untilUs],
      [lateUs, lateUs + 1],
    ]);
    expect(tally).to.include({ dueInTime: 2, answeredInTime: 1 });
  });
});
