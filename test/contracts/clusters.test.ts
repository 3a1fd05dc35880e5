import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ClusterHost } from '../../src/model/cluster.ts';
import { silentProgress } from '../../src/model/progress.ts';
import { packageRoot } from '../../src/paths.ts';
import { readClusterProviders } from '../../src/run/catalogue.ts';
import { createToolchain } from '../../src/toolchain/toolchain.ts';
import { withCapabilityTable } from '../capability-table.ts';

const { signal } = new AbortController();
const host: ClusterHost = {
  progress: silentProgress,
  signal,
  toolchain: createToolchain({ progress: silentProgress, signal }),
};

const providers = await readClusterProviders();

for (const provider of providers)
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

describe('docs/clusters.md', () => {
  it('says which provider’s clusters have which capability, as the providers do', async () => {
    const document = await readFile(join(packageRoot, 'docs/clusters.md'), 'utf8');
    expect(withCapabilityTable(document, providers) === document, 'npm run docs:checks writes it anew').to.equal(true);
  });
});
