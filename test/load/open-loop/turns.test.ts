import { setTimeout as pause, setImmediate as turnOver } from 'node:timers/promises';
import { expect } from 'chai';
import { nowUs } from '../../../load/open-loop/clock.ts';
import { turns } from '../../../load/open-loop/turns.ts';

describe('what the event loop reads', () => {
  it('may have been there since its turn began, and since just now where it had slept', async () => {
    const loop = turns();
    const startUs = nowUs();
    expect(loop.sinceUs(startUs)).to.equal(startUs);
    while (nowUs() < startUs + 3000); // busy with what else has come
    expect(loop.sinceUs(nowUs())).to.equal(startUs);
    await turnOver();
    await pause(20);
    const wokenUs = nowUs();
    expect(loop.sinceUs(wokenUs)).to.equal(wokenUs);
  });
});
