import { once } from 'node:events';
import { expect } from 'chai';
import { watchNodes } from '../../../clusters/kind/watch.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { pretend } from './pretend.ts';

const node = { id: 'c1', name: 'x-worker', role: 'worker', state: 'running', image: '', network: '', address: '' };

describe('the watch over the nodes of a kind cluster', () => {
  for (const [title, script, code, names] of [
    ['a node that ended', 'echo 137', 'node-died', 'x-worker ended (exit code 137)'],
    ['an engine that stopped', 'echo "error during connect" >&2; exit 1', 'engine-stopped', 'docker stopped'],
  ] as const)
    it(`ends the run for ${title}`, async () => {
      using pretence = pretend();
      pretence.does('docker', script);
      await using watch = await watchNodes([node]);
      if (!watch.failed.aborted) await once(watch.failed, 'abort');
      expect(watch.failed.reason).to.include({ code, exitCode: exitCodes.environment });
      expect(watch.failed.reason.message).to.contain(names);
    });
});
