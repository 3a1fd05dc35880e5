import { expect } from 'chai';
import kind from '../../../clusters/kind/index.ts';
import local from '../../../clusters/local/index.ts';
import type { ClusterHost } from '../../../src/model/cluster.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { chooseProvider } from '../../../src/run/choose-provider.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { errorOf } from '../error-of.ts';

const { signal } = new AbortController();
const host: ClusterHost = {
  progress: silentProgress,
  signal,
  toolchain: createToolchain({ progress: silentProgress, signal }),
};
const providers = [local, kind];

describe('the provider taken unasked', () => {
  it('is kind where a container engine answers, else local', async () => {
    const answer = await kind.available(host);
    expect(await chooseProvider(providers, {}, host)).to.equal(answer.kind === 'available' ? kind : local);
  });

  it('is the one that knows the flags given', async () => {
    const flags = { image: ['a/b:c=/bin/true'] };
    expect(await chooseProvider(providers, { flags }, host)).to.equal(local);
  });

  it('is none where nothing can work, with what each lacks', async () => {
    const broken = { ...local, available: async () => ({ kind: 'unavailable', reason: 'no', next: 'yes' }) as const };
    const error = await errorOf(chooseProvider([broken], {}, host));
    expect(error).to.include({ code: 'no-cluster', exitCode: exitCodes.environment });
    expect(error.message).to.contain('local: no (next: yes)');
  });
});
