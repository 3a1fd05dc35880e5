import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import traefik from '../../controllers/traefik.ts';
import { packageRoot } from '../../src/paths.ts';
import { readSuites } from '../../src/run/catalogue.ts';
import { checksDocument, type Recorded, recordedFile } from '../checks-document.ts';
import { readMutants } from '../read-mutants.ts';

describe('docs/checks.md', () => {
  it('tells the catalogue as it is; if not: npm run docs:checks', async () => {
    const recorded: Recorded = JSON.parse(await readFile(recordedFile, 'utf8'));
    const document = checksDocument(await readSuites(), await readMutants(), recorded, traefik);
    expect(await readFile(join(packageRoot, 'docs/checks.md'), 'utf8')).to.equal(document);
  });

  it('tells what this version of Traefik did, of every check', async () => {
    const recorded: Recorded = JSON.parse(await readFile(recordedFile, 'utf8'));
    const ids = (await readSuites()).flatMap(({ checks }) => checks.map(({ id }) => id));
    expect(recorded.version).to.equal(traefik.version);
    expect(Object.keys(recorded.did).sort()).to.deep.equal(ids.sort());
    const failed = ids.filter((id) => recorded.did[id] === 'failed');
    expect(failed).to.have.members(traefik.knownDeviations.map(({ check }) => check));
  });
});
