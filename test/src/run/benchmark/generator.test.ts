import { expect } from 'chai';
import openLoop from '../../../../load/open-loop/index.ts';
import { exitCodes } from '../../../../src/model/errors.ts';
import { makeLoad } from '../../../../src/run/benchmark/generator.ts';
import { orderTo, targetAt } from '../../../load/order-to.ts';
import { benchHere } from './bench.ts';

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

  for (const [what, script, complaint] of [
    ['ends with an error', 'read -r _; echo out of luck >&2; exit 7', 'out of luck (exit code 7)'],
    ['is killed', 'read -r _; kill -9 $$', 'it said nothing (SIGKILL)'],
    ['writes what is no result', 'read -r _; echo "{}"', 'what it wrote is no result'],
    ['writes what is not JSON', 'read -r _; echo 200 OK', 'what it wrote is no result'],
    ['does not end', 'exec sleep 60', 'it did not end within 200 ms'],
  ] as const)
    it(`that ${what} is told of by name, with what it said`, async () => {
      const start = () => benchHere().start(['sh', '-c', script]);
      // Half a minute of grace is more than a test has.
      const hurried = what === 'does not end' ? { ...order, timeoutMs: 0, durationMs: 200 - 30_000 } : order;
      const thrown = await makeLoad(start, openLoop, hurried, signal).catch((error: unknown) => error);
      expect(thrown).to.include({ code: 'engine-failed', exitCode: exitCodes.environment });
      expect(thrown).to.have.property('message').that.contains(`engine open-loop gave no result: ${complaint}`);
      expect(thrown).to.have.property('next').that.contains('--engine');
    });
});
