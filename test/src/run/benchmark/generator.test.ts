import { expect } from 'chai';
import openLoop from '../../../../load/open-loop/index.ts';
import { makeLoad } from '../../../../src/run/benchmark/generator.ts';
import { orderTo, targetAt } from '../../../load/order-to.ts';

describe('a generator', () => {
  const signal = new AbortController().signal;
  const order = orderTo([targetAt(1)]);

  /** What would be started for this engine. */
  async function started(engine: Parameters<typeof makeLoad>[1]): Promise<readonly string[]> {
    let seen: readonly string[] = [];
    const start = async (argv: readonly string[]) => {
      seen = argv;
      throw new Error('nothing is started here');
    };
    await makeLoad(start, engine, order, signal).catch(() => {});
    return seen;
  }

  it('is Node with the options of its engine, which it cannot be told later', async () => {
    expect((await started(openLoop)).slice(0, 3)).to.deep.equal(['node', '--single-threaded-gc', '-e']);
    const { nodeOptions, ...bare } = openLoop;
    expect((await started(bare)).slice(0, 2)).to.deep.equal(['node', '-e']);
    const installed = await started({ ...openLoop, packages: ['one-of-ours'] });
    expect(installed.slice(0, 2)).to.deep.equal(['node', '--single-threaded-gc']);
    expect(installed[2]).to.match(/load\/open-loop\/main\.js$/);
  });
});
