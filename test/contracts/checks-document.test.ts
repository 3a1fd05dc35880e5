import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/paths.ts';
import { readSuites } from '../../src/run/catalogue.ts';
import { checksDocument, readRecorded } from '../checks-document.ts';
import { readMutants } from '../read-mutants.ts';

const records = await readRecorded();

describe('docs/checks.md', () => {
  it('tells the catalogue as it is; if not: npm run docs:checks', async () => {
    const document = checksDocument(await readSuites(), await readMutants(), records);
    expect(await readFile(join(packageRoot, 'docs/checks.md'), 'utf8')).to.equal(document);
  });

  for (const { definition, recorded } of records)
    it(`tells what this version of ${definition.title} did, of every check`, async () => {
      const ids = (await readSuites()).flatMap(({ checks }) => checks.map(({ id }) => id));
      expect(recorded.version).to.equal(definition.version);
      expect(Object.keys(recorded.did).sort()).to.deep.equal(ids.sort());
      const failed = ids.filter((id) => recorded.did[id] === 'failed');
      expect(failed).to.have.members(definition.knownDeviations.map(({ check }) => check));
    });
});
