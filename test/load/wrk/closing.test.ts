import { expect } from 'chai';
import wrk from '../../../load/wrk/index.ts';
import type { LoadOrder } from '../../../src/model/load.ts';
import { orderTo, programsOf, targetAt } from '../order-to.ts';
import { runEngine } from '../run-engine.ts';
import { answering, closingAfter } from '../wrong-servers.ts';

const programsMs = 600_000;
const answers = 5;

describe('wrk and a server that closes its connections', () => {
  let programs: Pick<LoadOrder, 'programs' | 'programEnv'>;
  before(async function () {
    this.timeout(programsMs);
    programs = await programsOf(wrk);
  });

  for (const words of ['Connection: close', 'connection: close', 'CONNECTION: Close'])
    it(`counts the next ones where it says "${words}"`, async () => {
      await using server = await closingAfter(answers, words);
      const { answered, connectionsOpened } = await runEngine(wrk, orderTo([targetAt(server.port)], programs));
      expect(answered).to.be.greaterThan(10 * answers);
      expect(connectionsOpened).to.be.at.least(answered / answers);
    });

  it('counts none of those that the warm-up has closed', async () => {
    await using server = await answering((_, response) => {
      response.setHeader('X-Assay-Backend', 'hit');
      setTimeout(() => response.end('hit'), 5); // closed connections keep their ports for a minute: no more of them than it takes
    });
    const order = orderTo([targetAt(server.port)], { ...programs, connectionUse: 'fresh', warmUpMs: 1000 });
    const { answered, connectionsOpened } = await runEngine(wrk, order);
    expect(answered).to.be.greaterThan(10 * order.connections);
    expect(connectionsOpened).to.be.at.most(answered + order.connections);
  });
});
