import { expect } from 'chai';
import type { ClusterHost } from '../../src/model/cluster.ts';
import { silentProgress } from '../../src/model/progress.ts';
import { readClusterProviders } from '../../src/run/catalogue.ts';
import { createToolchain } from '../../src/toolchain/toolchain.ts';

const { signal } = new AbortController();
const host: ClusterHost = {
  progress: silentProgress,
  signal,
  toolchain: createToolchain({ progress: silentProgress, signal }),
};

for (const provider of await readClusterProviders())
  describe(`the cluster provider ${provider.name}`, () => {
    it('has a name fit for a command line and says in one line what it is', () => {
      expect(provider.name).to.match(/^[a-z][a-z0-9-]*$/);
      expect(provider.summary).to.match(/^[^\n]{10,100}$/);
    });

    it('says whether it can work here, and if not, why and what to do', async () => {
      const answer = await provider.available(host);
      if (answer.kind === 'unavailable') {
        expect(answer.reason).to.not.equal('');
        expect(answer.next).to.not.equal('');
      }
    });

    it('knows no cluster that was never made', async () => {
      const name = 'never-made';
      expect(await provider.list(host)).to.not.include(name);
      expect((await provider.status(host)).map((status) => status.name)).to.not.include(name);
      expect(await provider.attach(name, host)).to.equal(undefined);
      expect(await provider.remove(name, host)).to.equal(false);
    });
  });
