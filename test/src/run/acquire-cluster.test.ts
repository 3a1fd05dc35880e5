import { expect } from 'chai';
import existing from '../../../clusters/existing/index.ts';
import kind from '../../../clusters/kind/index.ts';
import type { ClusterHost } from '../../../src/model/cluster.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { acquireCluster } from '../../../src/run/acquire-cluster.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { errorOf } from '../error-of.ts';

const { signal } = new AbortController();
const host: ClusterHost = {
  progress: silentProgress,
  signal,
  toolchain: createToolchain({ progress: silentProgress, signal }),
};

describe('a cluster that is joined', () => {
  for (const wish of [{ nodes: 2 }, { kubernetes: 'v1.37' }, { keep: true }, { name: 'lab' }])
    it(`cannot be told how to be made: ${JSON.stringify(wish)}`, async () => {
      const work = acquireCluster([existing], { provider: 'existing', keep: false, logFolder: '', ...wish }, host);
      const error = await errorOf(work);
      expect(error).to.include({ code: 'nothing-to-make', exitCode: exitCodes.usage });
      expect(error.message).to.contain(`--${Object.keys(wish)[0]}`);
    });
});

it('a cluster on which the run cannot be is refused before it is made', async () => {
  const wish = {
    provider: 'kind',
    keep: false,
    logFolder: '',
    refuses: ({ name }: { name: string }) => `not on ${name}`,
  };
  const error = await errorOf(acquireCluster([kind], wish, host));
  expect(error).to.include({ code: 'cluster-unfit', exitCode: exitCodes.usage, message: 'not on kind' });
});
