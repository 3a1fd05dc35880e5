import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../../src/paths.ts';
import {
  readClusterProviders,
  readControllers,
  readReporters,
  readScenarios,
  readSuites,
} from '../../../src/run/catalogue.ts';

/** What the source tree says there is: names of files and of folders, one that has both once. */
const inFolder = (folder: string): readonly string[] =>
  [
    ...new Set(
      readdirSync(join(packageRoot, folder), { withFileTypes: true })
        .filter((entry) => entry.name.endsWith('.ts') || entry.isDirectory())
        .map((entry) => entry.name.replace(/\.ts$/, '')),
    ),
  ].sort();

describe('the catalogues', () => {
  it('hold a member for each file of their folder, in order of name', async () => {
    const names = async (members: Promise<readonly { readonly name: string }[]>) =>
      (await members).map(({ name }) => name);
    expect(await names(readControllers())).to.deep.equal(inFolder('controllers'));
    expect(await names(readReporters())).to.deep.equal(inFolder('reporters'));
    expect(await names(readClusterProviders())).to.deep.equal(inFolder('clusters'));
  });

  it('hold a scenario for each file of suites/benchmark, named by its path, and no area of that name', async () => {
    expect((await readScenarios()).map(({ id }) => id)).to.deep.equal(
      inFolder('suites/benchmark').map((name) => `benchmark/${name}`),
    );
    expect((await readSuites()).map(({ area }) => area.name)).to.not.include('benchmark');
  });

  it('hold a check for each file of an area but the area itself, named by its path', async () => {
    for (const { area, checks } of await readSuites()) {
      const files = inFolder(`suites/${area.name}`).filter((name) => name !== 'area');
      expect(checks.map(({ id }) => id)).to.deep.equal(files.map((name) => `${area.name}/${name}`));
    }
  });
});
