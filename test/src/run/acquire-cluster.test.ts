import { expect } from 'chai';
import existing from '../../../clusters/existing/index.ts';
import kind from '../../../clusters/kind/index.ts';
import type { ClusterHost, ClusterProvider } from '../../../src/model/cluster.ts';
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

describe('a cluster that is kept', () => {
  let disposed = 0;
  const cluster = {
    name: 'lab',
    nodes: [{ name: 'one', address: '' }],
    versions: { kubernetes: 'v1.37.2' },
    [Symbol.asyncDispose]: async () => {
      disposed += 1;
    },
  };
  const provider = {
    ...existing,
    name: 'kept',
    joins: undefined,
    attach: async () => cluster,
  } as unknown as ClusterProvider;
  const acquire = (wish: object) =>
    acquireCluster([provider], { provider: 'kept', name: 'lab', keep: true, logFolder: '', ...wish }, host);

  for (const wish of [{}, { nodes: 1 }, { kubernetes: 'v1.37' }, { kubernetes: 'v1.37.2' }])
    it(`is taken where it is as wished: ${JSON.stringify(wish)}`, async () => {
      expect(await acquire(wish)).to.deep.equal({ cluster, attached: true });
    });

  for (const wish of [{ nodes: 2 }, { kubernetes: 'v1.36' }, { kubernetes: 'v1.3' }, { kubernetes: 'v1.37.1' }])
    it(`is not passed off for another: ${JSON.stringify(wish)}`, async () => {
      disposed = 0;
      const error = await errorOf(acquire(wish));
      expect(error).to.include({ code: 'cluster-differs', exitCode: exitCodes.usage });
      expect(error.next).to.contain(`--${Object.keys(wish)[0]}`);
      expect(disposed).to.equal(1);
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
